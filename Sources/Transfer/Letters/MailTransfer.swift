internal import CTransfer
internal import Synchronization
internal import Values
package import Wire

/// Hands one mail to a server over libcurl, on the thread of whoever asks.
package final class MailTransfer: Sendable {
  private let isCancelled = Mutex(false)

  package init() {}

  /// Ends what is under way, within about a second.
  package func cancel() { isCancelled.withLock { $0 = true } }

  /// Blocks until the server has answered or the request's time is over.
  package func send(_ request: MailRequest) -> MailOutcome {
    let all = [request.host, request.sender] + request.recipients
    guard
      !all.contains(where: {
        $0.isEmpty || $0.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7F }
      }),
      !all.dropFirst().contains(where: { $0.contains { "<>".contains($0) } })
    else { return .notSent(reason: "an address of the mail, or its server, is not one word") }
    guard Self.library == CURLE_OK, let handle = curl_easy_init() else {
      return .notSent(reason: "libcurl has no room for another transfer")
    }
    defer { curl_easy_cleanup(handle) }
    let conversation = MailConversation(request, handle: handle) { [self] in isCancelled.withLock { $0 } }
    return conversation.run()
  }

  private static let library: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}

/// What is said on one connection, and how far it came.
private final class MailConversation {
  private let request: MailRequest
  private let handle: UnsafeMutableRawPointer
  private let isCancelled: () -> Bool
  private let errorBuffer: UnsafeMutablePointer<CChar>
  private var recipients: UnsafeMutablePointer<curl_slist>?
  /// How much of the message libcurl has taken.
  private var taken = 0
  /// Whether it was told that there is no more; the end of the mail follows at once.
  private var isWhole = false
  /// The server's last line, and whether it came after the whole.
  private var lastLine = ""
  private var lastCode = 0
  private var isAfterWhole = false

  init(_ request: MailRequest, handle: UnsafeMutableRawPointer, isCancelled: @escaping () -> Bool) {
    self.request = request
    self.handle = handle
    self.isCancelled = isCancelled
    errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    errorBuffer.deallocate()
    if let recipients { curl_slist_free_all(recipients) }
  }

  func run() -> MailOutcome {
    var options = Options(handle: handle)
    configure(&options)
    guard options.code == CURLE_OK else {
      return .notSent(
        reason: "libcurl refuses the mail: \(String(cString: curl_easy_strerror(options.code)))")
    }
    return outcome(curl_easy_perform(handle))
  }

  private var authority: String {
    request.host.contains(":") ? "[\(request.host)]:\(request.port)" : "\(request.host):\(request.port)"
  }

  private func configure(_ options: inout Options) {
    options.set(CURLOPT_URL, "\(request.encryption == .always ? "smtps" : "smtp")://\(authority)")
    options.set(CURLOPT_NOSIGNAL, 1)
    options.set(CURLOPT_QUICK_EXIT, 1)
    options.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    options.set(CURLOPT_PROXY, "")
    let time = max(1, Int(clamping: request.timeout.milliseconds))
    options.set(CURLOPT_TIMEOUT_MS, time)
    options.set(CURLOPT_CONNECTTIMEOUT_MS, time)
    // All of it or nothing: a password or a text must not go in the clear because a server forgot a word.
    options.set(
      CURLOPT_USE_SSL, Int(request.encryption == .never ? CURLUSESSL_NONE.rawValue : CURLUSESSL_ALL.rawValue))
    if let ca = request.tls.ca { options.set(CURLOPT_CAINFO, ca) }
    if !request.tls.verify {
      options.set(CURLOPT_SSL_VERIFYPEER, 0)
      options.set(CURLOPT_SSL_VERIFYHOST, 0)
    }
    if let login = request.login {
      options.take(ctransfer_set_login(handle, login.user, login.password.revealed()))
    }
    options.set(CURLOPT_SASL_IR, 1)
    options.set(CURLOPT_MAIL_FROM, "<\(request.sender)>")
    for recipient in request.recipients {
      guard let longer = curl_slist_append(recipients, "<\(recipient)>") else { break }
      recipients = longer
    }
    options.set(CURLOPT_MAIL_RCPT, recipients)
    options.take(ctransfer_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(request.message.count)))
    let context = Unmanaged.passUnretained(self).toOpaque()
    options.take(ctransfer_set_error_buffer(handle, errorBuffer))
    options.take(ctransfer_set_source(handle, giveMail, context))
    options.take(ctransfer_set_pulse(handle, askWhetherCancelled, context))
    options.take(ctransfer_set_sinks(handle, ignoreBody, receiveLine, context))
  }

  private func outcome(_ code: CURLcode) -> MailOutcome {
    let line = Inert.terminal(lastLine)
    if code == CURLE_OK || isAfterWhole || lastCode >= 400 { return .answered(code: lastCode, line: line) }
    var circumstances = Circumstances(code: code)
    circumstances.message = String(cString: errorBuffer)
    circumstances.systemError = Int32(clamping: ctransfer_get_long(handle, CURLINFO_OS_ERRNO))
    circumstances.verification = ctransfer_get_long(handle, CURLINFO_SSL_VERIFYRESULT)
    circumstances.host = request.host
    circumstances.authority = authority
    circumstances.isResolved = ctransfer_get_offset(handle, CURLINFO_NAMELOOKUP_TIME_T) > 0
    circumstances.isConnected = ctransfer_get_offset(handle, CURLINFO_CONNECT_TIME_T) > 0
    circumstances.timeout = request.timeout
    let reason = Self.reason(code, circumstances)
    return isWhole ? .unheard(reason: reason) : .notSent(reason: reason)
  }

  private static func reason(_ code: CURLcode, _ circumstances: Circumstances) -> String {
    switch code {
    case CURLE_ABORTED_BY_CALLBACK: "ended before the mail server had answered"
    case CURLE_LOGIN_DENIED: "the mail server takes no login of a kind that we know"
    case CURLE_USE_SSL_FAILED: "the mail server offers no TLS (tls: never goes without)"
    default: circumstances.failure(phases: Phases()).reason
    }
  }

  fileprivate func give(_ room: UnsafeMutablePointer<CChar>, _ size: Int) -> Int {
    let count = min(size, request.message.count - taken)
    guard count > 0 else {
      isWhole = true
      return 0
    }
    request.message.withUnsafeBytes { bytes in
      UnsafeMutableRawPointer(room).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[taken..<taken + count]).baseAddress
          ?? UnsafeRawPointer(room), byteCount: count)
    }
    taken += count
    // With as many bytes as it was told of it asks no more.
    if taken == request.message.count { isWhole = true }
    return count
  }

  fileprivate func take(_ bytes: UnsafeBufferPointer<UInt8>) {
    let line = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
    guard let code = Int(line.prefix(3)), (200...599).contains(code) else { return }
    // That it hangs up is no answer to anything (RFC 5321, 4.2.3).
    guard code != 221 else { return }
    lastCode = code
    lastLine = String(line.prefix(500))
    isAfterWhole = isWhole
  }

  fileprivate var mustEnd: Bool { isCancelled() }
}

private func giveMail(
  _ room: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let room, let context else { return 0 }
  let (bytes, isTooMuch) = size.multipliedReportingOverflow(by: count)
  return Unmanaged<MailConversation>.fromOpaque(context).takeUnretainedValue().give(
    room, isTooMuch ? 0 : bytes)
}

private func receiveLine(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes, let context else { return 0 }
  bytes.withMemoryRebound(to: UInt8.self, capacity: count) { bytes in
    Unmanaged<MailConversation>.fromOpaque(context).takeUnretainedValue()
      .take(UnsafeBufferPointer(start: bytes, count: count))
  }
  return count
}

private func ignoreBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int { count }

private func askWhetherCancelled(
  _ context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> Int32 {
  guard let context else { return 0 }
  return Unmanaged<MailConversation>.fromOpaque(context).takeUnretainedValue().mustEnd ? 1 : 0
}
