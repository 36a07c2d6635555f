package io.nettyslab.testing;

import io.netty.util.ResourceLeakDetector.Level;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs a class at one level of Netty's leak detection and restores the level that was in force before. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(LeakLevelExtension.class)
public @interface LeakLevel {
    Level value();
}
