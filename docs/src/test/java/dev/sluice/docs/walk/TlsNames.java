package dev.sluice.docs.walk;

import java.util.Locale;
import java.util.Map;

/** Names of the numbers in hellos (RFC 8446, RFC 5289, RFC 7905 and the registries of IANA). */
final class TlsNames {
  private static final Map<Integer, String> SUITES =
      Map.ofEntries(
          Map.entry(0x1301, "TLS_AES_128_GCM_SHA256"),
          Map.entry(0x1302, "TLS_AES_256_GCM_SHA384"),
          Map.entry(0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
          Map.entry(0xC02B, "ECDHE_ECDSA_AES_128_GCM_SHA256"),
          Map.entry(0xC02C, "ECDHE_ECDSA_AES_256_GCM_SHA384"),
          Map.entry(0xC02F, "ECDHE_RSA_AES_128_GCM_SHA256"),
          Map.entry(0xC030, "ECDHE_RSA_AES_256_GCM_SHA384"),
          Map.entry(0xCCA8, "ECDHE_RSA_CHACHA20_POLY1305"),
          Map.entry(0xCCA9, "ECDHE_ECDSA_CHACHA20_POLY1305"),
          Map.entry(0x00FF, "renegotiation_info (RFC 5746)"));

  private static final Map<Integer, String> EXTENSIONS =
      Map.ofEntries(
          Map.entry(0, "server_name"),
          Map.entry(5, "status_request"),
          Map.entry(10, "supported_groups"),
          Map.entry(11, "ec_point_formats"),
          Map.entry(13, "signature_algorithms"),
          Map.entry(16, "application_layer_protocol"),
          Map.entry(17, "status_request_v2"),
          Map.entry(23, "extended_master_secret"),
          Map.entry(35, "session_ticket"),
          Map.entry(41, "pre_shared_key"),
          Map.entry(43, "supported_versions"),
          Map.entry(45, "psk_key_exchange_modes"),
          Map.entry(47, "certificate_authorities"),
          Map.entry(50, "signature_algorithms_cert"),
          Map.entry(51, "key_share"),
          Map.entry(65281, "renegotiation_info"));

  private static final Map<Integer, String> GROUPS =
      Map.ofEntries(
          Map.entry(23, "secp256r1"),
          Map.entry(24, "secp384r1"),
          Map.entry(25, "secp521r1"),
          Map.entry(29, "x25519"),
          Map.entry(30, "x448"),
          Map.entry(256, "ffdhe2048"),
          Map.entry(257, "ffdhe3072"),
          Map.entry(258, "ffdhe4096"),
          Map.entry(259, "ffdhe6144"),
          Map.entry(260, "ffdhe8192"),
          Map.entry(0x11EC, "X25519MLKEM768"));

  private static final Map<Integer, String> SIGNATURES =
      Map.ofEntries(
          Map.entry(0x0403, "ecdsa_secp256r1_sha256"),
          Map.entry(0x0503, "ecdsa_secp384r1_sha384"),
          Map.entry(0x0603, "ecdsa_secp521r1_sha512"),
          Map.entry(0x0807, "ed25519"),
          Map.entry(0x0808, "ed448"),
          Map.entry(0x0804, "rsa_pss_rsae_sha256"),
          Map.entry(0x0805, "rsa_pss_rsae_sha384"),
          Map.entry(0x0806, "rsa_pss_rsae_sha512"),
          Map.entry(0x0809, "rsa_pss_pss_sha256"),
          Map.entry(0x080A, "rsa_pss_pss_sha384"),
          Map.entry(0x080B, "rsa_pss_pss_sha512"),
          Map.entry(0x0401, "rsa_pkcs1_sha256"),
          Map.entry(0x0501, "rsa_pkcs1_sha384"),
          Map.entry(0x0601, "rsa_pkcs1_sha512"),
          Map.entry(0x0201, "rsa_pkcs1_sha1"),
          Map.entry(0x0203, "ecdsa_sha1"),
          Map.entry(0x0202, "dsa_sha1 (RFC 5246)"),
          Map.entry(0x0301, "rsa_sha224 (RFC 5246)"),
          Map.entry(0x0302, "dsa_sha224 (RFC 5246)"),
          Map.entry(0x0303, "ecdsa_sha224 (RFC 5246)"),
          Map.entry(0x0402, "dsa_sha256 (RFC 5246)"));

  private TlsNames() {}

  static String suite(long number) {
    return name(SUITES, number);
  }

  static String extension(long number) {
    return name(EXTENSIONS, number);
  }

  static String group(long number) {
    return name(GROUPS, number);
  }

  static String signature(long number) {
    return name(SIGNATURES, number);
  }

  static String version(long number) {
    return switch ((int) number) {
      case 0x0301 -> "TLS 1.0";
      case 0x0303 -> "TLS 1.2";
      case 0x0304 -> "TLS 1.3";
      default -> hex(number);
    };
  }

  private static String name(Map<Integer, String> names, long number) {
    return names.getOrDefault((int) number, hex(number));
  }

  private static String hex(long number) {
    return String.format(Locale.ROOT, "0x%04x", number);
  }
}
