package io.nettyslab.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.platform.commons.support.AnnotationSupport;

/** Carries out {@link LeakLevel}. A nested class without a level of its own runs at the level of its outer class. */
final class LeakLevelExtension implements BeforeAllCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(LeakLevelExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put(context.getUniqueId(), ResourceLeakDetector.getLevel());
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), LeakLevel.class)
                .ifPresent(wanted -> ResourceLeakDetector.setLevel(wanted.value()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ResourceLeakDetector.setLevel(context.getStore(NAMESPACE).get(context.getUniqueId(), Level.class));
    }
}
