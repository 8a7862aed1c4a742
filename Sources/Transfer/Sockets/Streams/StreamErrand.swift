internal import CTransfer
internal import Glibc
internal import Values
internal import Wire

/// A conversation with its connection: tries the addresses in turn, moves bytes, measures.
final class StreamErrand: Errand {
  private enum Stage { case connecting, securing, open }

  private let request: StreamRequest
  private let contexts: TLSContexts
  private var course: Course
  private var conversation: Conversation
  private var addresses: [SocketAddress] = []
  private var socket: Socket?
  private var channel: TLSChannel?
  private var stage = Stage.connecting
  /// What is to be sent still.
  private var outgoing: [UInt8] = []
  private var isFinishing = false
  /// TLS wants to write before it can go on, or to read before it can write.
  private var wantsWrite = false
  /// When the connection to this address is given up for the next one.
  private var patience: Int?
  private var lastByte: Int?

  init(_ request: StreamRequest, contexts: TLSContexts) {
    self.request = request
    self.contexts = contexts
    let authority = HostAndPort(host: request.host, port: request.port).text
    course = Course(host: request.host, authority: authority, timeout: request.timeout)
    conversation = Conversation(request, authority: authority)
  }

  var lookup: Lookup? { Lookup(host: request.host, port: request.port, family: request.family) }

  var watched: [(descriptor: Int32, events: Int16)] {
    guard let socket else { return [] }
    let writes = stage == .connecting || wantsWrite || stage == .open && channel == nil && !outgoing.isEmpty
    let reads = stage != .connecting && !(stage == .open && isFinishing)
    return [(socket.descriptor, Int16(reads ? POLLIN : 0) | Int16(writes ? POLLOUT : 0))]
  }

  var alarm: Int? {
    if stage == .connecting { return patience }
    guard let lastByte, conversation.endsWithQuiet else { return nil }
    return lastByte + Int(StreamRequest.lull.milliseconds) * 1000
  }

  func begin(with addresses: [SocketAddress], at now: Int) -> Outcome? {
    course.marks.resolved = max(1, now)
    self.addresses = addresses
    return connect(at: now)
  }

  func advance(at now: Int) -> Outcome? {
    switch stage {
    case .connecting: return finishConnecting(at: now)
    case .securing: return handshake(at: now)
    case .open:
      if let alarm, alarm <= now, let outcome = perform(conversation.fellQuiet(), at: now) { return outcome }
      return move(at: now)
    }
  }

  func expire(at now: Int) -> Outcome {
    if let outcome = perform(conversation.expire(), at: now) { return outcome }
    if stage == .securing {
      return .failure(
        course.failure(
          .timeout, "no TLS handshake with \(course.authority) in \(request.timeout.prometheus)", at: now))
    }
    return .failure(course.failure(CURLE_OPERATION_TIMEDOUT, at: now) { $0.received = 0 })
  }

  // MARK: Connecting

  private func connect(at now: Int) -> Outcome? {
    guard let address = addresses.first else { return nil }
    addresses.removeFirst()
    course.address = address.text(port: request.port)
    // One that is silent must leave time for those behind it.
    let left = Int(clamping: request.timeout.milliseconds.multipliedSaturating(by: 1000)) - now
    patience = addresses.isEmpty ? nil : now + max(0, left) / (addresses.count + 1)
    do throws(Socket.Problem) {
      let socket = try Socket(family: address.family, type: Socket.stream)
      socket.set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
      self.socket = socket
      return try socket.connect(to: address) ? connected(at: now) : nil
    } catch {
      if error.isOurs { return .failure(course.failure(making: error, at: now)) }
      return lost(error, at: now)
    }
  }

  private func finishConnecting(at now: Int) -> Outcome? {
    guard let socket else { return nil }
    var watched = pollfd(fd: socket.descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&watched, 1, 0) > 0 else {
      guard let patience, patience <= now else { return nil }
      return connect(at: now)
    }
    do throws(Socket.Problem) {
      try socket.finishConnecting()
    } catch {
      return lost(error, at: now)
    }
    return connected(at: now)
  }

  /// The next address, or the end.
  private func lost(_ problem: Socket.Problem, at now: Int) -> Outcome? {
    guard addresses.isEmpty else { return connect(at: now) }
    return .failure(course.failure(CURLE_COULDNT_CONNECT, systemError: problem.code, at: now))
  }

  private func connected(at now: Int) -> Outcome? {
    course.marks.connected = max(now, course.marks.resolved + 1)
    stage = .open
    if request.security == .none { course.marks.sent = course.marks.connected }
    return perform(conversation.begin(), at: now)
  }

  // MARK: TLS

  private func secure(at now: Int) -> Outcome? {
    // What asks for TLS goes out in the clear, and is too short to be held up.
    if let outcome = flush(at: now) { return outcome }
    guard let socket, outgoing.isEmpty else { return broken(0, at: now) }
    let context: TLSContext
    do throws(TLSContexts.Problem) {
      context = try contexts.context(for: request.tls)
    } catch {
      return .failure(course.failure(error.code, at: now))
    }
    let name = request.tls.serverName.flatMap { $0.isEmpty ? nil : $0 } ?? request.host
    guard let channel = TLSChannel(context, on: socket, name: name, verify: request.tls.verify) else {
      return .failure(course.failure(CURLE_OUT_OF_MEMORY, at: now))
    }
    self.channel = channel
    stage = .securing
    return handshake(at: now)
  }

  private func handshake(at now: Int) -> Outcome? {
    guard let channel else { return nil }
    let result = channel.handshake()
    wantsWrite = result == .wantsWrite
    switch result {
    case .wantsRead, .wantsWrite: return nil
    case .done:
      stage = .open
      course.marks.secured = max(now, course.marks.connected + 1)
      course.marks.sent = course.marks.secured
      return perform(conversation.secured(), at: now)
    case .ended, .failed: return .failure(tlsFailure(of: channel, at: now))
    }
  }

  private func tlsFailure(of channel: TLSChannel, at now: Int) -> Failure {
    // What was shown was not liked, or it never came so far.
    let verification = channel.verification
    let isRefused = verification != 0 && request.tls.verify
    var failure = course.failure(
      isRefused ? CURLE_PEER_FAILED_VERIFICATION : CURLE_SSL_CONNECT_ERROR, at: now
    ) {
      $0.host = request.tls.serverName ?? request.host
      // OpenSSL has a number of its own for addresses.
      $0.verification = isRefused ? (verification == 64 ? 62 : verification) : 0
      $0.message = channel.errorText
    }
    failure.session = channel.described
    return failure
  }

  // MARK: Talking

  private func perform(_ effects: [Conversation.Effect], at now: Int) -> Outcome? {
    for effect in effects {
      switch effect {
      case .send(let bytes): outgoing += bytes
      case .secure: return secure(at: now)
      case .finish: isFinishing = true
      case .fail(let kind, let reason):
        var failure = course.failure(kind, reason, at: now)
        failure.session = channel?.described
        return .failure(failure)
      }
    }
    return flush(at: now)
  }

  private func flush(at now: Int) -> Outcome? {
    while !outgoing.isEmpty {
      let sent: Int
      if let channel {
        let result = channel.write(outgoing[...])
        wantsWrite = result == .wantsWrite
        switch result {
        case .done(let count): sent = count
        case .wantsRead, .wantsWrite: return nil
        case .ended, .failed: return broken(channel.systemError, at: now)
        }
      } else {
        guard let socket else { return nil }
        do throws(Socket.Problem) {
          sent = try socket.send(outgoing[...])
        } catch {
          return broken(error.code, at: now)
        }
        if sent == 0 { return nil }
      }
      outgoing.removeFirst(min(sent, outgoing.count))
    }
    return isFinishing ? finish(at: now) : nil
  }

  private func move(at now: Int) -> Outcome? {
    wantsWrite = false
    if let outcome = flush(at: now) { return outcome }
    while !isFinishing {
      switch read() {
      case .success(nil): return nil
      case .success(let bytes?):
        if bytes.isEmpty { return perform(conversation.ended(), at: now) }
        lastByte = now
        if course.marks.sent > 0, course.marks.answered == 0 {
          course.marks.answered = max(now, course.marks.sent + 1)
        }
        if let outcome = perform(conversation.receive(bytes), at: now) { return outcome }
        if stage != .open { return nil }
      case .failure(let problem): return broken(problem.code, at: now)
      }
    }
    return nil
  }

  /// Nil when nothing has come yet, empty at the end.
  private func read() -> Result<[UInt8]?, Socket.Problem> {
    guard let channel else {
      do throws(Socket.Problem) {
        return .success(try socket?.receive())
      } catch {
        return .failure(error)
      }
    }
    var bytes: [UInt8] = []
    switch channel.read(&bytes) {
    case .done: return .success(bytes)
    case .wantsRead: return .success(nil)
    case .wantsWrite:
      wantsWrite = true
      return .success(nil)
    case .ended: return .success([])
    case .failed: return .failure(Socket.Problem(code: channel.systemError))
    }
  }

  private func broken(_ code: Int32, at now: Int) -> Outcome {
    // A reset behind an answer ends it as well as a good-bye does.
    if let outcome = perform(conversation.ended(), at: now), case .success = outcome { return outcome }
    let text = channel?.errorText ?? ""
    var failure = course.failure(CURLE_RECV_ERROR, systemError: code, at: now) {
      $0.received = conversation.body.count
      $0.message = text
    }
    failure.session = channel?.described
    return .failure(failure)
  }

  private func finish(at now: Int) -> Outcome {
    channel?.close()
    // Silence at the end is ours, not the server's.
    let end = lastByte ?? max(now, course.marks.sent)
    if course.marks.answered == 0 { course.marks.answered = max(course.marks.sent, end) }
    let session = channel?.described
    var response = Response(
      status: 0, body: conversation.body,
      phases: course.phases(at: max(end, course.marks.sent), isComplete: true),
      address: course.address, certificateExpiry: session?.earliestExpiry)
    response.session = session
    return .success(response)
  }
}
