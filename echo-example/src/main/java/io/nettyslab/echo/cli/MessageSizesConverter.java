package io.nettyslab.echo.cli;

import io.nettyslab.echo.load.MessageSizes;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that say how long messages are. */
final class MessageSizesConverter implements ITypeConverter<MessageSizes> {

    @Override
    public MessageSizes convert(String value) {
        try {
            return MessageSizes.parse(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
