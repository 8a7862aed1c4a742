import Comms
import Desk
import Incidents
import Values

extension SystemFolder {
  /// What takes a public reply to whoever asked; nil where that is no mail address, or the folder has no mail server.
  ///
  /// - Parameters:
  ///   - key: of the act: the same for each try, another for each reply.
  ///   - earlier: the `Message-ID` of the mail before on that ticket.
  package func replyByMail(
    to ticket: Ticket, text: String, key: String, earlier: String? = nil, at now: Instant
  ) throws(Refusal) -> Parcel? {
    guard let address = MailAddress(ticket.requester), let delivery = mailServer else { return nil }
    var destination = Destination(name: delivery.name, kind: delivery.kind, shown: address.mailbox)
    destination.from = delivery.destination.from
    destination.to = [ticket.requester]
    let message = DeliveryMessage(
      key: key, occasion: .update, system: name, title: ticket.subject,
      subject: "[\(ticket.key)] \(ticket.subject)", text: text, at: now, remoteID: earlier)
    return try Parcel(
      message, to: destination, by: MailDelivery.self, ticket: ticket.key, recipients: [address.mailbox],
      digest: HexDigest.of)
  }
}

extension SystemFolder {
  /// A comment, and the mail that it goes out as where it is a public reply to somebody with an address.
  ///
  /// - Parameter key: of the act: the same for each try, another for each reply.
  package func answer(
    _ comment: CommentTicket, on ticket: Ticket, key: String, at now: Instant
  ) throws(Refusal) -> ReplyToTicket {
    // What another house tells the customer is told once.
    guard comment.isPublic, comment.writer == .support, case .mail = replyWay(of: ticket) else {
      return ReplyToTicket(comment, parcels: [])
    }
    let parcel = try replyByMail(to: ticket, text: comment.text, key: key, at: now)
    return ReplyToTicket(comment, parcels: parcel.map { [$0] } ?? [])
  }
}

extension SystemFolder {
  private var mailServer: Delivery? {
    deliveries.first { $0.kind == MailDelivery.name && !$0.isOff }
  }

  /// How a public reply that is written now reaches whoever asked.
  package func replyWay(of ticket: Ticket) -> ReplyWay {
    let source = tickets?.source
    // One that was opened here goes there where tickets are made there.
    let isTheirs =
      source.map { source in
        ticket.external.map { $0.source == source.name } ?? (source.calls[.create] != nil)
      } ?? false
    if let source, isTheirs, source.calls[.comment] != nil { return .house(source.name) }
    guard mailServer != nil else {
      if let source, isTheirs {
        return .nowhere(
          "\(Inert.terminal(source.name)) has no call for a comment, and \(name) no smtp delivery")
      }
      if let external = ticket.external {
        return .nowhere(
          "nobody tells \(Inert.terminal(external.source)), from which it came, and \(name) has no smtp delivery"
        )
      }
      return .nowhere("\(name) has neither an smtp delivery nor a house that is told")
    }
    guard let address = MailAddress(ticket.requester) else {
      let shown = Inert.terminal(String(ticket.requester.prefix(80)))
      return .nowhere("\"\(shown)\" is not one mail address")
    }
    return .mail(address.mailbox)
  }
}
