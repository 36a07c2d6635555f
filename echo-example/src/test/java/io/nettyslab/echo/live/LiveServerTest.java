package io.nettyslab.echo.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.testing.EchoSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static RunningPage page;

    @BeforeAll
    static void start() {
        page = new RunningPage(AllocatorKind.SLAB);
    }

    @AfterAll
    static void stop() {
        page.close();
    }

    private static JsonNode json(RunningPage page, String path) throws Exception {
        return JSON.readTree(page.get(path).body());
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/?any=query, text/html; charset=utf-8",
        "/live.css, text/css; charset=utf-8",
        "/live.js, text/javascript; charset=utf-8",
        "/charts.js, text/javascript; charset=utf-8",
        "/format.js, text/javascript; charset=utf-8",
        "/slabs.js, text/javascript; charset=utf-8",
        "/chart.umd.min.js, text/javascript; charset=utf-8",
        "/icon.svg, image/svg+xml",
        "/live.json, application/json",
        "/slabs.json, application/json",
        "/metrics, text/plain; version=0.0.4; charset=utf-8"
    })
    void get_everyPath_answersWithTypeAndSafeHeaders(String path, String contentType) {
        HttpResponse<String> response = page.get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isNotEmpty();
        assertThat(response.headers().allValues("content-type")).containsExactly(contentType);
        assertThat(response.headers().allValues("cache-control")).containsExactly("no-store");
        assertThat(response.headers().allValues("x-content-type-options")).containsExactly("nosniff");
        assertThat(response.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).startsWith("default-src 'self';").doesNotContain("unsafe", "http", "*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/index.html",
                "/live.json/",
                "//live.json",
                "/../live.json",
                "/..%2f..%2fetc%2fpasswd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/..\\..\\etc\\passwd",
                "//etc/passwd",
                "/META-INF/MANIFEST.MF",
                "/live.css%00.js",
                "*",
                "http://127.0.0.1/other"
            })
    void get_anyOtherPath_isNotFound(String path) throws Exception {
        String response = page.exchange("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(response).startsWith("HTTP/1.1 404 ").doesNotContain("root:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"})
    void otherMethods_areNotAllowed(String method) throws Exception {
        String response = page.exchange(method + " /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(response).startsWith("HTTP/1.1 405 ").containsIgnoringCase("allow: GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"since=-1", "since=x", "since=", "since=99999999999999999999", "since=%zz"})
    void get_badQuery_isABadRequest(String query) throws Exception {
        String response =
                page.exchange("GET /live.json?" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(response).startsWith("HTTP/1.1 400 ").contains("text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\1\2\3\r\n\r\n", "GET\r\n\r\n", "GET / SPDY/9\r\n\r\n", "GET / HTTP/1.1\r\n: x\r\n\r\n"})
    void garbage_isABadRequest_andTheConnectionEnds(String garbage) throws Exception {
        assertThat(page.exchange(garbage)).startsWith("HTTP/1.1 400 ").contains("connection: close");
    }

    @Test
    void tooMuch_isRefused_andTheConnectionEnds() throws Exception {
        String longLine = "GET /" + "a".repeat(8000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        String longHeader = "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(12_000) + "\r\n\r\n";
        assertThat(page.exchange(longLine)).startsWith("HTTP/1.1 400 ");
        assertThat(page.exchange(longHeader)).startsWith("HTTP/1.1 400 ");

        HttpResponse<String> large = page.send(HttpRequest.newBuilder(page.uri("/"))
                .expectContinue(true)
                .POST(BodyPublishers.ofByteArray(new byte[100_000]))
                .build());
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:8080, 200",
        "127.0.0.1, 200",
        "127.1.2.3:80, 200",
        "[::1]:8080, 200",
        "[::1], 200",
        "evil.example, 403",
        "evil.example:8080, 403",
        "localhost.evil.example, 403",
        "127.evil.example, 403",
        "10.0.0.1, 403",
        "'', 403"
    })
    void get_underAStrangeName_isForbidden(String host, int status) throws Exception {
        String response = page.exchange("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");

        assertThat(response).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() throws Exception {
        String get = "GET /%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n";
        String response = page.exchange(
                get.formatted("icon.svg", "") + get.formatted("none", "") + get.formatted("", "Connection: close\r\n"));

        assertThat(response).containsSubsequence("200 OK", "<svg", "404 Not Found", "200 OK", "<!DOCTYPE html>");
    }

    @Test
    void slabsJson_tellsWhatIsInUse() throws Exception {
        List<ByteBuf> held = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                held.add(page.allocator.allocator().directBuffer(5000, 5000));
            }
            JsonNode document = json(page, "/slabs.json");

            assertThat(document.get("allocator").asText()).isEqualTo("slab");
            assertThat(document.get("pageSize").asInt()).isEqualTo(4096);
            assertThat(document.get("maxMemory").asLong()).isEqualTo(8L << 20);
            JsonNode slab = document.get("slabs").get(0);
            assertThat(slab.get("direct").asBoolean()).isTrue();
            assertThat(slab.get("size").asInt()).isEqualTo(1 << 20);
            assertThat(slab.get("spans"))
                    .filteredOn(span -> span.get("slotSize").asInt() == 5120)
                    .isNotEmpty()
                    .allSatisfy(span -> {
                        assertThat(span.get("offset").asInt() % 4096).isZero();
                        assertThat(span.get("length").asInt() % 4096).isZero();
                        assertThat(span.get("slots").asInt()).isPositive();
                    })
                    .extracting(span -> span.get("slotsInUse").asInt())
                    .satisfies(inUse -> assertThat(
                                    inUse.stream().mapToInt(Integer::intValue).sum())
                            .isEqualTo(3));
        } finally {
            held.forEach(ByteBuf::release);
        }
    }

    @Test
    void liveJson_followsTheTraffic() throws Exception {
        try (EchoSocket socket = new EchoSocket(page.server.address())) {
            await().until(() -> {
                socket.send(EchoSocket.randomBytes(1, 1000)).join();
                socket.receive(1000);
                JsonNode samples = json(page, "/live.json").get("samples");
                JsonNode last = samples.get(samples.size() - 1);
                return last != null
                        && last.get("connections").asInt() == 1
                        && last.get("bytesReadPerSecond").asDouble() > 0
                        && last.get("bytesWrittenPerSecond").asDouble() > 0
                        && last.get("latencyP50Nanos").asLong() > 0
                        && last.get("latencyP99Nanos").asLong()
                                >= last.get("latencyP50Nanos").asLong()
                        && last.get("reservedBytes").asLong() >= 1 << 20;
            });
        }
        JsonNode facts = json(page, "/live.json").get("facts");
        assertThat(facts.get("maxMemory").asLong()).isEqualTo(8L << 20);
        assertThat(facts.get("notes").get(0).asText()).isEqualTo("a note");
    }

    @Test
    void liveJson_since_givesOnlyWhatIsNew() throws Exception {
        await().until(() -> json(page, "/live.json").get("samples").size() >= 2);
        JsonNode all = json(page, "/live.json").get("samples");
        long first = all.get(0).get("sequence").asLong();

        JsonNode rest = json(page, "/live.json?since=" + first).get("samples");

        assertThat(rest.get(0).get("sequence").asLong()).isEqualTo(first + 1);
        assertThat(json(page, "/live.json?since=1000000").get("samples")).isEmpty();
    }

    @Test
    void metrics_tellOfSlabsTrafficAndJvm() {
        ByteBuf held = page.allocator.allocator().directBuffer(5000, 5000);
        try {
            assertThat(page.get("/metrics").body().lines())
                    .contains(
                            "netty_slab_memory_bound_bytes 8388608.0",
                            "netty_slab_slots{memory_type=\"direct\",slot_size=\"5120\",state=\"used\"} 1.0",
                            "netty_slab_failures_total 0.0",
                            "netty_slab_buffers_used_buffers 1.0")
                    .anyMatch(line -> line.startsWith("netty_slab_memory_reserved_bytes{memory_type=\"direct\"}"))
                    .anyMatch(line -> line.startsWith("netty_allocator_memory_used{")
                            && line.contains("direct")
                            && line.endsWith(" 5120.0"))
                    .anyMatch(line -> line.startsWith("echo_read_bytes_total "))
                    .anyMatch(line -> line.startsWith("echo_latency_seconds{quantile=\"0.99\"}"))
                    .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
                    .anyMatch(line -> line.startsWith("jvm_gc_"));
        } finally {
            held.release();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POOLED", "ADAPTIVE", "UNPOOLED"})
    void otherAllocators_showWhatTheyHave(AllocatorKind kind) throws Exception {
        try (RunningPage other = new RunningPage(kind)) {
            assertThat(json(other, "/slabs.json").get("slabs")).isEmpty();
            assertThat(json(other, "/live.json").get("facts").get("allocator").asText())
                    .isEqualTo(kind.toString());
            assertThat(json(other, "/live.json").get("facts").get("maxMemory").isNull())
                    .isTrue();
            assertThat(other.get("/metrics").body())
                    .contains("netty_allocator_memory_used")
                    .doesNotContain("netty_slab");
        }
    }

    @Test
    void pageTakesNothingFromTheAllocatorItShows() {
        try (RunningPage quiet = new RunningPage(AllocatorKind.SLAB)) {
            quiet.get("/");
            quiet.get("/slabs.json");

            assertThat(quiet.allocator.figures().slabAllocations()).isZero();
        }
    }

    @Test
    void start_portInUse_saysSo() {
        assertThatThrownBy(() -> LiveServer.start(page.address(), page.server, page.allocator, List.of()))
                .isInstanceOf(EchoFailure.class)
                .hasMessageContaining(String.valueOf(page.address().getPort()))
                .hasMessageContaining("in use");
    }

    @Test
    void close_endsItsThread() {
        new RunningPage(AllocatorKind.SLAB).close();

        // The other page's thread still runs; it is the only one.
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("echo-live"))
                .hasSize(1));
    }
}
