package io.github.polverdict.snapshot.pseudonyms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one key; without the key nobody can tell what a digest was made of. */
final class Keyed {
  private final Mac mac;

  /** Takes at least 16 bytes. */
  Keyed(byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException("the key has less than 16 bytes");
    }
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  byte[] digest(String text) {
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
