internal import CTransfer
internal import Wire

/// One request under way: its libcurl handle, what the handle points into, and what came so far.
///
/// When it is done it can be used again for a request that differs only in its URL, which saves telling libcurl
/// everything anew.
final class Exchange {
  private(set) var id: TransferID
  private(set) var request: Request
  private(set) var address: WebAddress
  let handle: UnsafeMutableRawPointer

  fileprivate(set) var body: [UInt8] = []
  /// The header lines of the last response, as they came.
  fileprivate(set) var headerText: [UInt8] = []
  fileprivate(set) var excess: Excess?
  /// Of a traced request: the head of the last request as it went out.
  fileprivate(set) var sentText: [UInt8] = []
  /// Of a traced request: `TLSv1.3 / TLS_AES_256_GCM_SHA384`, in libcurl's words.
  fileprivate(set) var agreed = ""
  /// Where redirects led it before.
  private(set) var journey: Journey
  fileprivate var headerBytes = 0

  /// Why we, not the server, ended it.
  enum Excess { case body, headers }

  /// Together, over all responses of one exchange.
  static let headerLimit = 256 << 10

  private let errorBuffer: UnsafeMutablePointer<CChar>
  private var lists: [UnsafeMutablePointer<curl_slist>] = []

  /// - Throws: a failure when the request cannot be sent as it is.
  init(
    _ request: Request, at address: WebAddress, on journey: Journey, id: TransferID,
    handle: UnsafeMutableRawPointer, userAgent: String
  ) throws(Failure) {
    self.id = id
    self.request = request
    self.journey = journey
    self.address = address
    self.handle = handle
    errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try configure(userAgent: userAgent)
  }

  var origin: Origin { address.origin }
  /// Under which ``Admission`` counts it.
  var host: String { journey.host }

  /// Whether ``renew(_:at:on:id:)`` can make it one for `request`: nothing differs but a URL that says no user.
  func isReady(for request: Request, at address: WebAddress) -> Bool {
    guard request.body == nil, request.confidential.body == nil, request.resolve == nil,
      request.tls.serverName == nil,
      !address.hasUser, !self.address.hasUser, address.origin.scheme == origin.scheme
    else { return false }
    var same = self.request
    same.url = request.url
    same.confidential.url = request.confidential.url
    same.confidential.values = request.confidential.values
    return same == request
  }

  /// Begins anew; what came of the last request is forgotten.
  ///
  /// - Returns: whether libcurl takes the URL.
  func renew(_ request: Request, at address: WebAddress, on journey: Journey, id: TransferID) -> Bool {
    self.id = id
    self.request = request
    self.journey = journey
    self.address = address
    forget()
    errorBuffer.pointee = 0
    return ctransfer_set_text(handle, CURLOPT_URL, request.revealedURL) == CURLE_OK
  }

  /// Lets go of what came.
  func forget() {
    body = []
    headerText = []
    headerBytes = 0
    excess = nil
    sentText = []
    agreed = ""
  }

  /// What to ask next, when what came leads elsewhere; see ``Journey/next(after:of:at:)``.
  func next(after response: Response) throws(Failure) -> (request: Request, address: WebAddress)? {
    try journey.next(after: response, of: request, at: address)
  }

  deinit {
    errorBuffer.deallocate()
    for list in lists { curl_slist_free_all(list) }
  }

  /// libcurl's own words for what went wrong; they may quote the request.
  var errorText: String { String(cString: errorBuffer) }

  func attachSinks() -> CURLcode {
    let code = ctransfer_set_error_buffer(handle, errorBuffer)
    guard code == CURLE_OK else { return code }
    let context = Unmanaged.passUnretained(self).toOpaque()
    if request.isTraced {
      let code = ctransfer_set_witness(handle, witness, context)
      guard code == CURLE_OK else { return code }
    }
    return ctransfer_set_sinks(handle, receiveBody, receiveHeader, context)
  }

  /// A list of libcurl's that lives as long as the exchange.
  func makeList(_ lines: [String]) -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = curl_slist_append(list, line) else { break }
      list = longer
    }
    if let list { lists.append(list) }
    return list
  }
}

/// Returning another count than that of the bytes given ends the transfer.
private func receiveBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes, let context else { return 0 }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  guard count <= exchange.request.bodyLimit - exchange.body.count else {
    exchange.excess = .body
    return 0
  }
  exchange.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
  return count
}

private func receiveHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  guard let bytes, let context else { return 0 }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  exchange.headerBytes += count
  guard exchange.headerBytes <= Exchange.headerLimit else {
    exchange.excess = .headers
    return 0
  }
  let line = UnsafeRawBufferPointer(start: bytes, count: count)
  // A status line begins another response: after a redirect, or after 100 Continue.
  if line.starts(with: "HTTP/".utf8) {
    exchange.headerText.removeAll(keepingCapacity: true)
  } else {
    if exchange.headerText.isEmpty { exchange.headerText.reserveCapacity(512) }
    exchange.headerText.append(contentsOf: line)
    if line.last != UInt8(ascii: "\n") { exchange.headerText.append(UInt8(ascii: "\n")) }
  }
  return count
}

private func witness(
  _ easy: UnsafeMutableRawPointer?, _ kind: curl_infotype, _ bytes: UnsafeMutablePointer<CChar>?,
  _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard let bytes, let context else { return 0 }
  let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  let piece = UnsafeRawBufferPointer(start: bytes, count: count)
  switch kind {
  case CURLINFO_HEADER_OUT where exchange.sentText.count + count <= Exchange.headerLimit:
    exchange.sentText.append(contentsOf: piece)
  case CURLINFO_TEXT:
    let text = String(decoding: piece, as: UTF8.self)
    let label = "SSL connection using "
    if text.hasPrefix(label) {
      exchange.agreed = String(text.dropFirst(label.count).prefix { $0 != "\n" })
    }
  default: break
  }
  return 0
}
