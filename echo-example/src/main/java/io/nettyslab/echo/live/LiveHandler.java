package io.nettyslab.echo.live;

import static io.netty.handler.codec.http.HttpResponseStatus.BAD_REQUEST;
import static io.netty.handler.codec.http.HttpResponseStatus.FORBIDDEN;
import static io.netty.handler.codec.http.HttpResponseStatus.METHOD_NOT_ALLOWED;
import static io.netty.handler.codec.http.HttpResponseStatus.NOT_FOUND;
import static io.netty.handler.codec.http.HttpResponseStatus.OK;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Answers requests: the files of the page, and the data. It only ever reads. */
@Sharable
final class LiveHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** Nothing from elsewhere, nothing inline, no frame around it. */
    private static final String POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, PageFile> files = PageFile.all();
    private final LiveData data;
    private final HostCheck hosts;

    LiveHandler(LiveData data, HostCheck hosts) {
        this.data = data;
        this.hosts = hosts;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        FullHttpResponse response;
        if (request.decoderResult().isFailure()) {
            response = refuse(BAD_REQUEST, "not HTTP that this server understands");
            // What follows in the stream cannot be told from what belongs to this request.
            HttpUtil.setKeepAlive(response, false);
            ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (!request.method().equals(HttpMethod.GET)) {
            response = refuse(METHOD_NOT_ALLOWED, "only GET is allowed");
            response.headers().set(HttpHeaderNames.ALLOW, HttpMethod.GET);
        } else if (!hosts.allows(request.headers().get(HttpHeaderNames.HOST))) {
            response = refuse(FORBIDDEN, "this page answers to localhost only");
        } else {
            response = answer(request.uri());
        }
        ctx.write(response);
    }

    private FullHttpResponse answer(String uri) {
        try {
            QueryStringDecoder query = new QueryStringDecoder(uri);
            return switch (query.path()) {
                case "/live.json" -> respond(OK, JSON, data.live(since(query.parameters())));
                case "/slabs.json" -> respond(OK, JSON, data.slabs());
                case "/metrics" -> respond(OK, Metrics.CONTENT_TYPE, data.metrics());
                default -> file(query.path());
            };
        } catch (IllegalArgumentException e) {
            return refuse(BAD_REQUEST, e.getMessage());
        }
    }

    private static long since(Map<String, List<String>> parameters) {
        String since = parameters.getOrDefault("since", List.of("0")).get(0);
        if (!since.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("since: not a number (expected: 0 or more)");
        }
        return Long.parseLong(since);
    }

    private FullHttpResponse file(String path) {
        PageFile file = files.get(path);
        return file == null
                ? refuse(NOT_FOUND, "there is /, /live.json, /slabs.json and /metrics")
                : respond(OK, file.contentType(), file.content());
    }

    private static FullHttpResponse refuse(HttpResponseStatus status, String why) {
        return respond(status, TEXT, (status + ": " + why + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static FullHttpResponse respond(HttpResponseStatus status, String contentType, byte[] content) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(content));
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
        headers.set(HttpHeaderNames.CONTENT_LENGTH, content.length);
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY);
        headers.set("referrer-policy", "no-referrer");
        headers.set("x-content-type-options", "nosniff");
        return response;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    /** A client that asks without reading waits until it has read. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    }

    /** Whoever breaks off a request or sends none for long has left; there is nobody to tell. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
