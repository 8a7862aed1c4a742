import Values

/// What came back from a destination, or why nothing did.
package enum DeliveryAnswer: Equatable, Sendable {
  /// `retryAfter` as the server asks for it.
  case http(status: Int, retryAfter: Span?, body: String)
  /// The last line of the mail server that said yes or no, with its three digits.
  case mail(code: Int, line: String)
  /// A file was written, or a program ended well; the words are for the receipt.
  case done(String)
  /// A program ended with another status than 0, or a file could not be written.
  case refused(String)
  /// Nothing of it can have arrived: no address, connection refused, TLS failed, not started.
  case unsent(String)
  /// It may have arrived: the connection broke, or no answer came in time, after it began to go out.
  case unheard(String)
}

/// What is made of it.
package enum DeliveryVerdict: Equatable, Sendable {
  /// `remoteID` is what the destination calls it, if it says so.
  case sent(receipt: String, remoteID: String?)
  /// Worth another try, not before `after` if the destination named a time.
  case again(reason: String, after: Span?)
  /// No try will help; a person must look.
  case failed(reason: String)
  /// Nobody can tell whether it arrived, and another try might double it.
  case unknown(reason: String)
}
