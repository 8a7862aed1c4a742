internal import CTransfer
internal import Values
internal import Wire

/// What the transfer thread runs: admits, lets libcurl work, hands over outcomes, sleeps.
///
/// It lives and dies on that thread; nothing of libcurl is touched from another.
final class TransferLoop {
  private let orders: Mailbox<Order>
  private let completion: @Sendable (TransferID, Outcome) -> Void
  private let userAgent: String
  private let multi: UnsafeMutableRawPointer?
  private var admission: Admission
  /// Those not yet admitted.
  private var waiting: [TransferID: Request] = [:]
  private var underWay: [UnsafeMutableRawPointer: Exchange] = [:]
  private var handles: [TransferID: UnsafeMutableRawPointer] = [:]
  private var spareHandles: [UnsafeMutableRawPointer] = []
  private var certificates = CertificateMemory()
  private var isStopping = false

  /// Idle connections that are kept open for the next poll.
  private static let connectionsKept = 512
  private static let library: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

  init(
    orders: Mailbox<Order>, limits: TransferLimits, userAgent: String,
    completion: @escaping @Sendable (TransferID, Outcome) -> Void
  ) {
    self.orders = orders
    self.completion = completion
    self.userAgent = userAgent
    admission = Admission(limits: limits)
    multi = Self.library == CURLE_OK ? curl_multi_init() : nil
    if let multi { ctransfer_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.connectionsKept) }
  }

  deinit {
    for handle in spareHandles { curl_easy_cleanup(handle) }
    if let multi { curl_multi_cleanup(multi) }
  }

  func run() {
    while true {
      for order in orders.drain() { receive(order) }
      if isStopping { return cancelAll() }
      admit()
      guard let multi else {
        _ = orders.wait(timeout: nil)
        continue
      }
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      // A place that became free is taken before we sleep.
      if harvest(multi) > 0 { continue }
      ctransfer_multi_poll(multi, orders.fileDescriptor, 60_000)
    }
  }

  private func receive(_ order: Order) {
    switch order {
    case .start(let request, let id):
      cancel(id)
      do {
        let address = try WebAddress(request.url)
        waiting[id] = request
        admission.enqueue(id, host: address.origin.authority)
      } catch {
        completion(id, .failure(error.failure))
      }
    case .cancel(let id): cancel(id)
    case .limit(let limits): admission.limits = limits
    case .stop: isStopping = true
    }
  }

  private func admit() {
    while let (id, host) = admission.next() {
      // A cancelled one has left a gap in the line.
      guard let request = waiting.removeValue(forKey: id) else {
        admission.finish(host: host)
        continue
      }
      if let failure = begin(request, id: id, host: host) {
        admission.finish(host: host)
        completion(id, .failure(failure))
      }
    }
  }

  private func begin(_ request: Request, id: TransferID, host: String) -> Failure? {
    let noLibrary = Failure(.other, reason: "libcurl has no memory left")
    guard let multi, let handle = spareHandles.popLast() ?? curl_easy_init() else { return noLibrary }
    do {
      let exchange = try Exchange(request, id: id, host: host, handle: handle, userAgent: userAgent)
      guard curl_multi_add_handle(multi, handle) == CURLM_OK else {
        giveBack(handle)
        return noLibrary
      }
      underWay[handle] = exchange
      handles[id] = handle
      return nil
    } catch {
      giveBack(handle)
      return error
    }
  }

  /// Hands over what is done. Returns how many were.
  private func harvest(_ multi: UnsafeMutableRawPointer) -> Int {
    var count = 0
    var handle: UnsafeMutableRawPointer?
    while case let code = ctransfer_multi_next_done(multi, &handle), code >= 0 {
      guard let handle, let exchange = underWay[handle] else { continue }
      let outcome = exchange.outcome(CURLcode(UInt32(code)), certificates: &certificates)
      leave(handle, exchange)
      completion(exchange.id, outcome)
      count += 1
    }
    return count
  }

  private func leave(_ handle: UnsafeMutableRawPointer, _ exchange: Exchange) {
    if let multi { curl_multi_remove_handle(multi, handle) }
    underWay[handle] = nil
    handles[exchange.id] = nil
    admission.finish(host: exchange.host)
    giveBack(handle)
  }

  private func giveBack(_ handle: UnsafeMutableRawPointer) {
    if spareHandles.count < 64 {
      curl_easy_reset(handle)
      spareHandles.append(handle)
    } else {
      curl_easy_cleanup(handle)
    }
  }

  private func cancel(_ id: TransferID) {
    if let handle = handles[id], let exchange = underWay[handle] {
      leave(handle, exchange)
    } else if waiting.removeValue(forKey: id) == nil {
      return
    }
    completion(id, .failure(Failure(.cancelled, reason: "cancelled")))
  }

  private func cancelAll() {
    for id in Array(handles.keys) + Array(waiting.keys) { cancel(id) }
  }
}
