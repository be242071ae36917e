package dev.rollcall.recognition.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedFileTest {

    private static final int CHUNK = 65_536;

    private final ImportKey key = ImportKey.random(new SecureRandom());

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private byte[] encrypted(byte[] content, int number) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = EncryptedFile.writer(bytes, key, number)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private byte[] decrypted(byte[] file, int number) throws IOException {
        return EncryptedFile.reader(new ByteArrayInputStream(file), key, number).readAllBytes();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 200_000})
    void content_isTheSameAfterwardsAndItsSizeIsKnown(int size) throws IOException {
        byte[] file = encrypted(content(size), 3);

        assertThat(decrypted(file, 3)).isEqualTo(content(size));
        assertThat(EncryptedFile.plainSize(file.length)).isEqualTo(size);
    }

    @Test
    void file_doesNotHaveTheContentInIt() throws IOException {
        byte[] zeros = encrypted(new byte[1000], 3);

        assertThat(Arrays.copyOf(zeros, 16)).isNotEqualTo(new byte[16]);
        assertThat(encrypted(new byte[1000], 4)).isNotEqualTo(zeros);
    }

    @Test
    void changedShortenedAndExchangedFiles_areNotAccepted() throws IOException {
        byte[] file = encrypted(content(150_000), 3);
        byte[] changed = file.clone();
        changed[70_000] ^= 1;

        assertThatThrownBy(() -> decrypted(changed, 3)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> decrypted(file, 4)).isInstanceOf(IOException.class);
        for (int length : new int[] {0, 10, CHUNK + 16, 2 * (CHUNK + 16), file.length - 1}) {
            assertThatThrownBy(() -> decrypted(Arrays.copyOf(file, length), 3))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anotherKey_opensNothing() throws IOException {
        byte[] file = encrypted(content(100), 3);
        ImportKey other = ImportKey.ofHex("00".repeat(32));

        assertThatThrownBy(() -> EncryptedFile.reader(new ByteArrayInputStream(file), other, 3)
                        .readAllBytes())
                .isInstanceOf(IOException.class);
    }
}
