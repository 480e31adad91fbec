package dev.sluice.tls;

import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's AES-GCM. Input that is to be decrypted in place, and is no longer than a TLS record, is
 * first copied to another buffer: see {@link AesGcmProvider}.
 */
final class InPlaceGcm extends CipherSpi {
  static final String TRANSFORMATION = "AES/GCM/NoPadding";

  private static final int MAX_ASIDE = 16 * 1024 + 256; // RFC 8446 section 5.2
  private static final ThreadLocal<byte[]> ASIDE =
      ThreadLocal.withInitial(() -> new byte[MAX_ASIDE]);

  private final Cipher cipher;
  private boolean opens;

  InPlaceGcm() throws NoSuchAlgorithmException {
    try {
      cipher = Cipher.getInstance(TRANSFORMATION, "SunJCE");
    } catch (GeneralSecurityException e) {
      throw new NoSuchAlgorithmException("the JDK's own is missing", e);
    }
  }

  @Override
  protected int engineDoFinal(ByteBuffer input, ByteBuffer output)
      throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
    int length = input.remaining();
    if (!areOneArray(input, output) || !canMove(length) || output.remaining() < length) {
      return cipher.doFinal(input, output);
    }
    byte[] aside = ASIDE.get();
    input.get(aside, 0, length);
    int start = output.arrayOffset() + output.position();
    int written = cipher.doFinal(aside, 0, length, output.array(), start);
    output.position(output.position() + written);
    return written;
  }

  @Override
  protected int engineDoFinal(
      byte[] input, int inputOffset, int length, byte[] output, int outputOffset)
      throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
    if (input != output || !canMove(length)) {
      return cipher.doFinal(input, inputOffset, length, output, outputOffset);
    }
    byte[] aside = ASIDE.get();
    System.arraycopy(input, inputOffset, aside, 0, length);
    return cipher.doFinal(aside, 0, length, output, outputOffset);
  }

  @Override
  protected byte[] engineDoFinal(byte[] input, int offset, int length)
      throws IllegalBlockSizeException, BadPaddingException {
    return input == null ? cipher.doFinal() : cipher.doFinal(input, offset, length);
  }

  private boolean canMove(int length) {
    return opens && length <= MAX_ASIDE;
  }

  @SuppressWarnings("ByteBufferBackingArray") // arrays are only compared
  private static boolean areOneArray(ByteBuffer input, ByteBuffer output) {
    return input.hasArray() && output.hasArray() && input.array() == output.array();
  }

  @Override
  protected void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
    cipher.init(mode, key, random);
    opens = mode == Cipher.DECRYPT_MODE;
  }

  @Override
  protected void engineInit(
      int mode, Key key, @Nullable AlgorithmParameterSpec parameters, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    cipher.init(mode, key, parameters, random);
    opens = mode == Cipher.DECRYPT_MODE;
  }

  @Override
  protected void engineInit(
      int mode, Key key, @Nullable AlgorithmParameters parameters, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    cipher.init(mode, key, parameters, random);
    opens = mode == Cipher.DECRYPT_MODE;
  }

  @Override
  protected void engineUpdateAAD(byte[] octets, int offset, int length) {
    cipher.updateAAD(octets, offset, length);
  }

  @Override
  protected void engineUpdateAAD(ByteBuffer octets) {
    cipher.updateAAD(octets);
  }

  @Override
  protected byte[] engineUpdate(byte[] input, int offset, int length) {
    byte[] output = cipher.update(input, offset, length);
    return output == null ? new byte[0] : output;
  }

  @Override
  protected int engineUpdate(
      byte[] input, int inputOffset, int length, byte[] output, int outputOffset)
      throws ShortBufferException {
    return cipher.update(input, inputOffset, length, output, outputOffset);
  }

  @Override
  protected byte[] engineWrap(Key key) throws IllegalBlockSizeException, InvalidKeyException {
    return cipher.wrap(key);
  }

  @Override
  protected Key engineUnwrap(byte[] wrapped, String algorithm, int type)
      throws InvalidKeyException, NoSuchAlgorithmException {
    return cipher.unwrap(wrapped, algorithm, type);
  }

  @Override
  protected int engineGetKeySize(Key key) {
    return Math.multiplyExact(key.getEncoded().length, Byte.SIZE);
  }

  @Override
  protected int engineGetBlockSize() {
    return cipher.getBlockSize();
  }

  @Override
  protected int engineGetOutputSize(int length) {
    return cipher.getOutputSize(length);
  }

  @Override
  protected byte[] engineGetIV() {
    return cipher.getIV();
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    return cipher.getParameters();
  }

  @Override
  protected void engineSetMode(String mode) throws NoSuchAlgorithmException {
    throw new NoSuchAlgorithmException(mode);
  }

  @Override
  protected void engineSetPadding(String padding) throws NoSuchPaddingException {
    throw new NoSuchPaddingException(padding);
  }
}
