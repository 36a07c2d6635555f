package io.nettyslab.echo.cli;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The option that names a preset. */
final class PresetConverter implements ITypeConverter<Preset> {

    @Override
    public Preset convert(String value) {
        return Arrays.stream(Preset.values())
                .filter(preset -> preset.toString().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + value + "' is none (expected: " + Arrays.toString(Preset.values()) + ")"));
    }
}
