internal import CTransfer
internal import Values
internal import Wire

/// What came of an exchange that is done.
extension Exchange {
  func outcome(_ code: CURLcode, certificates: inout CertificateMemory) -> Outcome {
    let marks = Marks(handle: handle)
    let status = ctransfer_get_long(handle, CURLINFO_RESPONSE_CODE)
    // A server may close without the end that it announced: libcurl calls that a failure, rightly.
    guard code == CURLE_OK else {
      let circumstances = Circumstances(self, code: code, status: status)
      var failure = circumstances.failure(phases: marks.phases(isComplete: false))
      if request.isTraced { failure.hops = [hop(status: status, address: server, phases: failure.phases)] }
      return .failure(failure)
    }
    let server = server
    let phases = marks.phases(isComplete: true)
    // libcurl takes what it gets.
    if request.version == .http2, ctransfer_get_long(handle, CURLINFO_HTTP_VERSION) < CURL_HTTP_VERSION_2_0 {
      var failure = Failure(
        .other, reason: "\(origin.authority) speaks HTTP/1 only, and http_version asks for 2", phases: phases,
        status: status)
      if request.isTraced { failure.hops = [hop(status: status, address: server, phases: phases)] }
      return .failure(failure)
    }
    var response = Response(
      status: status, fields: HeaderBlock(text: headerText), body: body, phases: phases, address: server,
      redirects: 0, finalURL: shownURL,
      certificateExpiry: origin.scheme == "http" ? nil : certificates.expiry(of: handle, address: server))
    if request.isTraced {
      let hop = hop(status: status, address: server, phases: phases)
      response.hops = [hop]
      response.session = hop.session
    }
    return .success(response)
  }

  /// The address that was connected to; empty when there was none.
  private var server: String {
    let ip = text(CURLINFO_PRIMARY_IP)
    guard !ip.isEmpty else { return "" }
    let port = ctransfer_get_long(handle, CURLINFO_PRIMARY_PORT)
    return ip.utf8.contains(UInt8(ascii: ":")) ? "[\(ip)]:\(port)" : "\(ip):\(port)"
  }

  func text(_ info: CURLINFO) -> String {
    ctransfer_get_text(handle, info).map { String(cString: $0) } ?? ""
  }
}

/// libcurl's points in time of one transfer, in microseconds.
struct Marks: Equatable {
  var resolved: Int = 0
  var connected: Int = 0
  var secured: Int = 0
  var sent: Int = 0
  var answered: Int = 0
  var done: Int = 0

  init() {}

  init(handle: UnsafeMutableRawPointer) {
    resolved = ctransfer_get_offset(handle, CURLINFO_NAMELOOKUP_TIME_T)
    connected = ctransfer_get_offset(handle, CURLINFO_CONNECT_TIME_T)
    secured = ctransfer_get_offset(handle, CURLINFO_APPCONNECT_TIME_T)
    sent = ctransfer_get_offset(handle, CURLINFO_PRETRANSFER_TIME_T)
    answered = ctransfer_get_offset(handle, CURLINFO_STARTTRANSFER_TIME_T)
    done = ctransfer_get_offset(handle, CURLINFO_TOTAL_TIME_T)
  }

  /// Each phase is what lies between two marks; of a transfer that failed, the rest of the time belongs to
  /// the phase that was not reached the end of.
  func phases(isComplete: Bool) -> Phases {
    func seconds(_ from: Int, _ to: Int) -> Double { Double(max(0, to - from)) / 1e6 }
    var phases = Phases()
    phases.total = seconds(0, done)
    if !isComplete, resolved == 0 {
      phases.resolve = phases.total
      return phases
    }
    phases.resolve = seconds(0, resolved)
    if !isComplete, connected == 0 {
      phases.connect = seconds(resolved, done)
      return phases
    }
    phases.connect = connected == 0 ? 0 : seconds(resolved, connected)
    if !isComplete, sent == 0 {
      phases.tls = seconds(connected, done)
      return phases
    }
    phases.tls = secured == 0 ? 0 : seconds(connected, secured)
    if !isComplete, answered == 0 {
      phases.processing = seconds(sent, done)
      return phases
    }
    phases.processing = seconds(sent, answered)
    phases.transfer = seconds(answered, done)
    return phases
  }
}
