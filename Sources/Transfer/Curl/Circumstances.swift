internal import CTransfer
internal import Glibc
internal import Values
internal import Wire

/// What libcurl knows about a transfer that failed; a value, so that the sentences can be tested.
struct Circumstances {
  var code: CURLcode
  /// libcurl's own words. They may quote the request, so only known pieces of them are passed on.
  var message = ""
  var systemError: Int32 = 0
  /// OpenSSL's X509_V_ERR_ number.
  var verification = 0
  /// The host that was asked.
  var host = ""
  var authority = ""
  var status = 0
  var isResolved = true
  var isConnected = false
  /// Bytes of the body that came, and those that were announced (negative: not).
  var received = 0
  var announced = -1
  var timeout = Span.seconds(10)
  var bodyLimit = 8 << 20
  var excess: Exchange.Excess?
  var family = Request.Family.any

  init(code: CURLcode) {
    self.code = code
  }

  init(_ exchange: Exchange, code: CURLcode, status: Int) {
    self.code = code
    self.status = status
    let handle = exchange.handle
    message = exchange.errorText
    systemError = Int32(clamping: ctransfer_get_long(handle, CURLINFO_OS_ERRNO))
    verification = ctransfer_get_long(handle, CURLINFO_SSL_VERIFYRESULT)
    host = exchange.origin.host
    authority = exchange.origin.authority
    isResolved = ctransfer_get_offset(handle, CURLINFO_NAMELOOKUP_TIME_T) > 0
    isConnected = ctransfer_get_offset(handle, CURLINFO_CONNECT_TIME_T) > 0
    received = exchange.body.count
    announced = Int(clamping: ctransfer_get_offset(handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T))
    timeout = exchange.journey.request.timeout
    bodyLimit = exchange.request.bodyLimit
    excess = exchange.excess
    family = exchange.request.family
  }

  func failure(phases: Phases) -> Failure {
    let (kind, reason) = verdict
    return Failure(
      kind, reason: Inert.terminal(reason), phases: phases, status: status > 0 ? status : nil)
  }

  private var verdict: (Failure.Kind, String) {
    switch excess {
    case .body: return (.tooLarge, "body larger than \(Self.size(bodyLimit))")
    case .headers: return (.tooLarge, "headers larger than \(Self.size(Exchange.headerLimit))")
    case nil: break
    }
    switch code {
    case CURLE_URL_MALFORMAT: return (.invalidURL, "what was asked for is not a URL")
    case CURLE_COULDNT_RESOLVE_HOST:
      return (.unresolved, family == .any ? "name \(host) is unknown" : familyReason)
    case CURLE_COULDNT_RESOLVE_PROXY: return (.unresolved, "the proxy's name is unknown")
    // An address of the other family is none that it tries.
    case CURLE_COULDNT_CONNECT where systemError == 0 && family != .any: return (.unresolved, familyReason)
    case CURLE_COULDNT_CONNECT: return connectVerdict
    case CURLE_OPERATION_TIMEDOUT: return (.timeout, timeoutReason)
    case CURLE_GOT_NOTHING: return (.reset, "\(authority) closed the connection without an answer")
    case CURLE_PARTIAL_FILE: return (.reset, "connection closed after \(progress)")
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR: return brokenVerdict
    case CURLE_HTTP2, CURLE_HTTP2_STREAM: return (.reset, "HTTP/2 stream broken by \(authority)")
    case CURLE_BAD_CONTENT_ENCODING: return (.malformed, "the body is not compressed as its header says")
    // So libcurl calls a line of a header that does not fit into its 100 KiB.
    case CURLE_OUT_OF_MEMORY where status > 0: return (.tooLarge, "a header field larger than 100 KiB")
    case CURLE_WEIRD_SERVER_REPLY: return (.malformed, "the answer is not HTTP")
    case CURLE_UNSUPPORTED_PROTOCOL:
      return (.malformed, "the answer is not HTTP")
    case CURLE_PROXY: return (.refused, "the proxy refused")
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS,
      CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_INITFAILED:
      return (.tls, tlsReason)
    default: return (.other, String(cString: curl_easy_strerror(code)).lowercasedFirst)
    }
  }

  private var familyReason: String {
    let number = family == .v6 ? 6 : 4
    return "no IPv\(number) address of \(host) is known (ip: \(number))"
  }

  private var connectVerdict: (Failure.Kind, String) {
    switch systemError {
    case ECONNREFUSED: (.refused, "connection refused by \(authority)")
    // EINVAL is what Linux says of a blackhole route, and of fe80::1 without its device.
    case ENETUNREACH, EHOSTUNREACH, EINVAL: (.unreachable, "no route to \(host)")
    case ETIMEDOUT: (.timeout, "no connection to \(authority)")
    case 0: (.unreachable, "cannot connect to \(authority)")
    default:
      (
        .unreachable,
        "cannot connect to \(authority): \(String(cString: strerror(systemError)).lowercasedFirst)"
      )
    }
  }

  private var timeoutReason: String {
    let time = timeout.prometheus
    if received > 0 { return "answer not complete in \(time): \(progress)" }
    guard isResolved else { return "name \(host) not resolved in \(time)" }
    return isConnected ? "no answer in \(time)" : "no connection to \(authority) in \(time)"
  }

  private var brokenVerdict: (Failure.Kind, String) {
    if message.contains("SSL routines") { return (.tls, tlsReason) }
    let words = message.lowercased()
    if words.contains("chunk") || words.contains("hexadecimal") || words.contains("header") {
      return (.malformed, "the answer is not HTTP")
    }
    return (.reset, "connection reset by \(authority)" + (received > 0 ? " after \(progress)" : ""))
  }

  private var progress: String {
    announced > 0 ? "\(received) of \(announced) bytes" : "\(received) bytes"
  }

  /// `8 MiB`, `64 KiB`, `1000 bytes`: the largest unit that divides it.
  static func size(_ bytes: Int) -> String {
    if bytes > 0, bytes.isMultiple(of: 1 << 20) { return "\(bytes >> 20) MiB" }
    if bytes > 0, bytes.isMultiple(of: 1 << 10) { return "\(bytes >> 10) KiB" }
    return bytes == 1 ? "1 byte" : "\(bytes) bytes"
  }
}

extension String {
  /// OpenSSL's and libcurl's sentences continue ours.
  var lowercasedFirst: String {
    // An abbreviation stays one.
    guard let first, let second = dropFirst().first, !second.isUppercase else { return self }
    return first.lowercased() + dropFirst()
  }
}

extension WebAddress.Mistake {
  var failure: Failure {
    switch self {
    case .unreadable(let why): Failure(.invalidURL, reason: "not a URL: \(why.lowercasedFirst)")
    case .scheme(let scheme):
      Failure(.invalidURL, reason: "\(Inert.terminal(scheme)): is neither http: nor https:")
    }
  }
}
