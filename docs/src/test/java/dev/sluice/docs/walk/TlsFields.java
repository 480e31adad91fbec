package dev.sluice.docs.walk;

import java.util.function.Consumer;
import java.util.function.LongFunction;

/** The hellos of TLS, field by field (RFC 8446 section 4), and the headers of records. */
final class TlsFields {
  private static final int HEADER_OF_MESSAGE = 4;

  private TlsFields() {}

  /** A record whose body nobody without the keys can read. */
  static void sealedRecord(Fields fields) {
    boolean inClear = fields.peek(1) == 20;
    int length = header(fields);
    if (inClear) {
      fields.number(1, "change_cipher_spec");
    } else {
      fields.sealed(length, "sealed");
    }
  }

  /** A record with a ClientHello. */
  static void clientHello(Fields fields) {
    message(fields);
    fields.number(2, "legacy_version", TlsNames::version).binary(32, "random");
    sessionId(fields);
    list(fields, "cipher_suites", TlsNames::suite);
    fields.binary(fields.size(1, "compression methods"), "legacy_compression_methods");
    extensions(fields, true);
  }

  /** A record with a ServerHello. */
  static void serverHello(Fields fields) {
    message(fields);
    fields.number(2, "legacy_version", TlsNames::version).binary(32, "random");
    sessionId(fields);
    fields.number(2, "cipher_suite", TlsNames::suite).number(1, "legacy_compression_method");
    extensions(fields, false);
  }

  private static int header(Fields fields) {
    fields.number(1, "content type", TlsFields::contentType);
    fields.number(2, "legacy_record_version", TlsNames::version);
    return fields.size(2, "the record");
  }

  private static String contentType(long type) {
    return switch ((int) type) {
      case 20 -> "change_cipher_spec";
      case 21 -> "alert";
      case 22 -> "handshake";
      default -> "application_data";
    };
  }

  private static void message(Fields fields) {
    int record = header(fields);
    fields.number(1, "msg_type", type -> type == 1 ? "client_hello" : "server_hello");
    int message = fields.size(3, "the message");
    if (record != HEADER_OF_MESSAGE + message) {
      throw new IllegalStateException("more than a hello in the record");
    }
  }

  private static void sessionId(Fields fields) {
    int size = fields.size(1, "legacy_session_id");
    if (size > 0) {
      fields.binary(size, "legacy_session_id");
    }
  }

  private static void extensions(Fields fields, boolean client) {
    fields.size(2, "extensions");
    while (!fields.isDone()) {
      int type = (int) fields.peek(2);
      fields.number(2, "extension", TlsNames::extension);
      int size = fields.size(2, TlsNames.extension(type));
      fields.inner(fields.left() - size, body(type, client));
    }
  }

  private static Consumer<Fields> body(int type, boolean client) {
    return switch (type) {
      case 10 -> fields -> list(fields, "groups", TlsNames::group);
      case 13, 50 -> fields -> list(fields, "algorithms", TlsNames::signature);
      case 16 -> TlsFields::protocols;
      case 41 -> client ? TlsFields::tickets : fields -> fields.number(2, "selected_identity");
      case 43 -> client ? TlsFields::versions : TlsFields::version;
      case 51 -> client ? TlsFields::shares : TlsFields::share;
      default ->
          fields -> {
            if (!fields.isDone()) {
              fields.binary(fields.left(), "");
            }
          };
    };
  }

  private static void list(Fields fields, String name, LongFunction<String> names) {
    int size = fields.size(2, name);
    for (int i = 0; i < size; i += 2) {
      fields.number(2, "", names);
    }
  }

  private static void protocols(Fields fields) {
    fields.size(2, "protocols");
    while (!fields.isDone()) {
      fields.text(fields.size(1, "name"), "protocol name");
    }
  }

  private static void versions(Fields fields) {
    fields.size(1, "versions");
    while (!fields.isDone()) {
      version(fields);
    }
  }

  private static void version(Fields fields) {
    fields.number(2, "version", TlsNames::version);
  }

  private static void shares(Fields fields) {
    fields.size(2, "client_shares");
    while (!fields.isDone()) {
      share(fields);
    }
  }

  private static void share(Fields fields) {
    fields.number(2, "group", TlsNames::group);
    fields.binary(fields.size(2, "key_exchange"), "key_exchange");
  }

  private static void tickets(Fields fields) {
    int identities = fields.size(2, "identities");
    fields.inner(
        fields.left() - identities,
        all -> {
          while (!all.isDone()) {
            all.sealed(all.size(2, "ticket"), "ticket").number(4, "obfuscated_ticket_age");
          }
        });
    fields.size(2, "binders");
    while (!fields.isDone()) {
      fields.binary(fields.size(1, "binder"), "binder");
    }
  }
}
