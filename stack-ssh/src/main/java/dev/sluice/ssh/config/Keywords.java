package dev.sluice.ssh.config;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The keywords of ssh_config(5), in lower case, by how they are treated here. */
final class Keywords {
  private static final Map<String, String> OLD_NAMES =
      Map.of(
          "pubkeyacceptedkeytypes", "pubkeyacceptedalgorithms",
          "challengeresponseauthentication", "kbdinteractiveauthentication",
          "skeyauthentication", "kbdinteractiveauthentication",
          "tisauthentication", "kbdinteractiveauthentication",
          "dsaauthentication", "pubkeyauthentication",
          "globalknownhostsfile2", "globalknownhostsfile",
          "userknownhostsfile2", "userknownhostsfile");

  private static final Set<String> OBEYED =
      Set.of(
          "host",
          "match",
          "include",
          "ignoreunknown",
          "hostname",
          "port",
          "user",
          "identityfile",
          "userknownhostsfile",
          "globalknownhostsfile",
          "stricthostkeychecking",
          "revokedhostkeys",
          "hashknownhosts",
          "hostkeyalias",
          "proxyjump",
          "ciphers",
          "macs",
          "kexalgorithms",
          "hostkeyalgorithms",
          "pubkeyacceptedalgorithms",
          "requiredrsasize",
          "passwordauthentication",
          "kbdinteractiveauthentication",
          "pubkeyauthentication",
          "preferredauthentications",
          "identitiesonly",
          "connecttimeout",
          "serveraliveinterval",
          "serveralivecountmax",
          "compression");

  /** Keywords that narrow what is trusted, or the way there: going on without them is wrong. */
  private static final Set<String> NARROWING =
      Set.of("casignaturealgorithms", "proxycommand", "proxyusefdpass", "refuseconnection");

  /** Obeyed keywords that decide trust: a block with them must not be left out. */
  private static final Set<String> TRUST =
      Set.of(
          "userknownhostsfile",
          "globalknownhostsfile",
          "stricthostkeychecking",
          "revokedhostkeys",
          "hostkeyalias",
          "proxyjump",
          "ciphers",
          "macs",
          "kexalgorithms",
          "hostkeyalgorithms",
          "pubkeyacceptedalgorithms",
          "requiredrsasize",
          "passwordauthentication",
          "kbdinteractiveauthentication",
          "pubkeyauthentication",
          "preferredauthentications",
          "identitiesonly",
          "hostname");

  /** Of no use to file transfers: sftp(1) turns these off itself, or they are about shells. */
  private static final Set<String> NO_USE =
      Set.of(
          "addkeystoagent",
          "batchmode",
          "clearallforwardings",
          "controlmaster",
          "controlpath",
          "controlpersist",
          "dynamicforward",
          "enableescapecommandline",
          "escapechar",
          "exitonforwardfailure",
          "fingerprinthash",
          "forkafterauthentication",
          "forwardagent",
          "forwardx11",
          "forwardx11timeout",
          "forwardx11trusted",
          "gatewayports",
          "ipqos",
          "localcommand",
          "localforward",
          "loglevel",
          "logverbose",
          "obscurekeystroketiming",
          "permitlocalcommand",
          "permitremoteopen",
          "remotecommand",
          "remoteforward",
          "requesttty",
          "sendenv",
          "sessiontype",
          "setenv",
          "stdinnull",
          "streamlocalbindmask",
          "streamlocalbindunlink",
          "syslogfacility",
          "tag",
          "tcpkeepalive",
          "tunnel",
          "tunneldevice",
          "visualhostkey",
          "xauthlocation",
          "usekeychain",
          "channeltimeout",
          "versionaddendum",
          "warnweakcrypto");

  private static final Set<String> REPORTED =
      Set.of(
          "addressfamily",
          "bindaddress",
          "bindinterface",
          "canonicaldomains",
          "canonicalizefallbacklocal",
          "canonicalizehostname",
          "canonicalizemaxdots",
          "canonicalizepermittedcnames",
          "certificatefile",
          "checkhostip",
          "connectionattempts",
          "enablesshkeysign",
          "gssapiauthentication",
          "gssapiclientidentity",
          "gssapidelegatecredentials",
          "gssapikeyexchange",
          "gssapikexalgorithms",
          "gssapirenewalforcesrekey",
          "gssapiserveridentity",
          "gssapitrustdns",
          "hostbasedacceptedalgorithms",
          "hostbasedauthentication",
          "hostbasedkeytypes",
          "identityagent",
          "knownhostscommand",
          "nohostauthenticationforlocalhost",
          "numberofpasswordprompts",
          "pkcs11provider",
          "rekeylimit",
          "securitykeyprovider",
          "updatehostkeys",
          "verifyhostkeydns",
          "protocol",
          "cipher",
          "compressionlevel",
          "useprivilegedport",
          "rhostsrsaauthentication",
          "rsaauthentication",
          "useroaming");

  private Keywords() {}

  /** The present name, in lower case. */
  static String canonical(String keyword) {
    String lower = keyword.toLowerCase(Locale.ROOT);
    return OLD_NAMES.getOrDefault(lower, lower);
  }

  static boolean isKnown(String keyword) {
    return OBEYED.contains(keyword)
        || NARROWING.contains(keyword)
        || NO_USE.contains(keyword)
        || REPORTED.contains(keyword);
  }

  /** Whether going on without a setting would trust more than its author wants. */
  static boolean narrowsUnobeyed(String keyword) {
    return NARROWING.contains(keyword);
  }

  /** Whether a setting without effect here would have mattered to a transfer. */
  static boolean isReported(String keyword) {
    return REPORTED.contains(keyword);
  }

  /** Whether a block with this keyword must not be left out. */
  static boolean decidesTrust(String keyword) {
    return TRUST.contains(keyword) || NARROWING.contains(keyword);
  }
}
