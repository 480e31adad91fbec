package dev.sluice.ftp.client;

import java.util.List;

/** The choices of a session, one for each purpose that FTP has several commands for. */
final class Choices {
  final Choice<Way.ToEntry> entry;
  final Choice<Way.ToListing> listing;
  final Choice<Way.ToData> data;
  final Choice<Way.ToTime> time;
  final Choice<Way.ToTls> tls;

  Choices(Conversation conversation) {
    entry = among(conversation, Way.ToEntry.values());
    listing = among(conversation, Way.ToListing.values());
    data = among(conversation, Way.ToData.values());
    time = among(conversation, Way.ToTime.values());
    tls = among(conversation, Way.ToTls.values());
  }

  private static <W extends Way> Choice<W> among(Conversation conversation, W[] bestFirst) {
    return new Choice<>(List.of(bestFirst), way -> way.isOpen(conversation));
  }
}
