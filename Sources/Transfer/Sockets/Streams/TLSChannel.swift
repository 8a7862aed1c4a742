internal import CTLS
internal import Values
internal import Wire

/// TLS on a descriptor; every call returns at once.
final class TLSChannel {
  enum Result: Equatable {
    /// Nothing can be done before the descriptor is readable, or writable.
    case wantsRead, wantsWrite
    case done(Int)
    /// The other side has ended it.
    case ended
    case failed
  }

  private let session: OpaquePointer
  // OpenSSL counts it, and so do we.
  private let context: TLSContext

  /// - Parameter name: what the certificate must be for.
  init?(_ context: TLSContext, on socket: Socket, name: String, verify: Bool) {
    let bare = name.hasSuffix(".") ? String(name.dropLast()) : name
    guard let session = ctls_session_new(context.pointer, socket.descriptor, bare, verify ? 1 : 0) else {
      return nil
    }
    self.session = session
    self.context = context
  }

  deinit { ctls_session_free(session) }

  func handshake() -> Result { Self.result(Int(ctls_handshake(session))) }

  func read(_ bytes: inout [UInt8], limit: Int = 16 << 10) -> Result {
    var count = 0
    bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
      count = ctls_read(session, buffer.baseAddress, buffer.count)
      initialized = max(0, count)
    }
    return count == 0 ? .ended : Self.result(count)
  }

  func write(_ bytes: ArraySlice<UInt8>) -> Result {
    Self.result(bytes.withUnsafeBufferPointer { ctls_write(session, $0.baseAddress, $0.count) })
  }

  func close() { ctls_close(session) }

  private static func result(_ count: Int) -> Result {
    switch count {
    case Int(CTLS_WANTS_READ): .wantsRead
    case Int(CTLS_WANTS_WRITE): .wantsWrite
    case Int(CTLS_FAILED): .failed
    default: .done(count)
    }
  }

  // MARK: What was shown

  /// OpenSSL's X509_V_ERR_ number; 0 where nothing was wrong or nothing was shown.
  var verification: Int { max(0, ctls_verification(session)) }
  var errorText: String { String(cString: ctls_error(session)) }
  var systemError: Int32 { ctls_system_error(session) }

  /// What is known of it by now; nil before the server showed anything.
  var described: TLSSession? {
    let chain = (0..<max(0, ctls_chain_count(session))).compactMap { certificate(at: $0) }
    let cipher = String(cString: ctls_cipher(session))
    guard !chain.isEmpty || !cipher.isEmpty else { return nil }
    var described = TLSSession(
      version: Self.version(String(cString: ctls_version(session))), cipher: cipher, chain: chain)
    var seconds: Int64 = 0
    if ctls_trusted_until(session, &seconds) == 0 { described.trustedUntil = Self.instant(seconds) }
    return described
  }

  private func certificate(at index: Int32) -> Certificate? {
    func text(_ what: ctls_text) -> String {
      guard let text = ctls_certificate_text(session, index, what) else { return "" }
      defer { ctls_free(text) }
      return String(cString: text)
    }
    var (begins, expires): (Int64, Int64) = (0, 0)
    guard ctls_certificate_time(session, index, 0, &begins) == 0,
      ctls_certificate_time(session, index, 1, &expires) == 0
    else { return nil }
    return Certificate(
      subject: text(CTLS_SUBJECT), issuer: text(CTLS_ISSUER),
      names: text(CTLS_NAMES).split(separator: "\n").map(String.init), begins: Self.instant(begins),
      expires: Self.instant(expires), fingerprint: text(CTLS_FINGERPRINT), serial: text(CTLS_SERIAL))
  }

  private static func instant(_ seconds: Int64) -> Instant {
    Instant(milliseconds: seconds.multipliedSaturating(by: 1000))
  }

  /// OpenSSL writes `TLSv1.3`, and `TLSv1` for the first.
  static func version(_ text: String) -> String {
    guard text.hasPrefix("TLSv") else { return text }
    let number = text.dropFirst(4)
    return "TLS \(number.contains(".") ? String(number) : "\(number).0")"
  }
}
