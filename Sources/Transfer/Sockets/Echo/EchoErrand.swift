internal import CTransfer
internal import Glibc
internal import Values
internal import Wire

/// An echo with its socket. A datagram socket of ICMP needs no privilege, where the system lets our group have
/// one (icmp(7), `ping_group_range`).
final class EchoErrand: Errand {
  private let request: EchoRequest
  private var course: Course
  private var socket: Socket?
  private var isVersion6 = false
  private var payload: [UInt8] = []
  /// When each was sent.
  private var sent: [(message: EchoMessage, at: Int)] = []
  /// Who may answer: the system hands us what others send under our identifier, too. Nil is anybody.
  private var peer: String?
  /// What came that was no answer, last.
  private var stray: String?

  /// Another one goes out where none came back for so long: one lost packet is no outage.
  static let interval = 1_000_000

  init(_ request: EchoRequest) {
    self.request = request
    course = Course(host: request.host, authority: request.host, timeout: request.timeout)
  }

  var lookup: Lookup? { Lookup(host: request.host, port: 0, family: request.family) }

  var watched: [(descriptor: Int32, events: Int16)] {
    socket.map { [($0.descriptor, Int16(POLLIN))] } ?? []
  }

  var alarm: Int? { sent.last.map { $0.at + Self.interval } }

  func begin(with addresses: [SocketAddress], at now: Int) -> Outcome? {
    course.marks.resolved = max(1, now)
    guard let address = addresses.first else { return nil }
    course.address = address.host
    isVersion6 = address.family == AF_INET6
    do throws(Socket.Problem) {
      let socket = try Socket(
        family: address.family, type: Socket.datagram,
        protocol: Int32(isVersion6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP))
      if isVersion6 {
        socket.set(Int32(IPPROTO_IPV6), IPV6_RECVHOPLIMIT, 1)
        socket.set(Int32(IPPROTO_IPV6), IPV6_RECVERR, 1)
      } else {
        socket.set(Int32(IPPROTO_IP), IP_RECVTTL, 1)
        socket.set(Int32(IPPROTO_IP), IP_RECVERR, 1)
      }
      self.socket = socket
      _ = try socket.connect(to: address)
      // 0.0.0.0 is this machine, under an address that the system chooses.
      peer = address.isWildcard ? nil : address.host
    } catch {
      guard socket == nil else { return lost(error, at: now) }
      return .failure(refused(error, at: now))
    }
    course.marks.connected = max(now, course.marks.resolved)
    course.marks.sent = course.marks.connected
    payload = Array("midwatch".utf8) + (0..<8).map { _ in UInt8.random(in: 0 ... .max) }
    return send(at: now)
  }

  func advance(at now: Int) -> Outcome? {
    guard let socket else { return nil }
    // Before what came: a complaint that nobody takes wakes us for ever.
    if let outcome = complained(at: now) { return outcome }
    do throws(Socket.Problem) {
      while let datagram = try socket.receiveDatagram(limit: 2048) {
        if let match = sent.last(where: { isAnswer(datagram, to: $0.message) }) {
          return .success(response(to: match.at, hops: datagram.hops, at: now))
        }
        stray = difference(of: datagram)
      }
    } catch {
      // It is that of a complaint, and those are read for what they say.
      if let outcome = complained(at: now) { return outcome }
    }
    guard let alarm, alarm <= now else { return nil }
    return send(at: now)
  }

  func expire(at now: Int) -> Outcome {
    guard let stray else { return .failure(course.failure(CURLE_OPERATION_TIMEDOUT, at: now)) }
    let reason = "no true answer in \(request.timeout.prometheus): one came \(stray)"
    return .failure(course.failure(.timeout, reason, at: now))
  }

  private func isAnswer(_ datagram: Socket.Datagram, to message: EchoMessage) -> Bool {
    (peer == nil || datagram.sender?.host == peer) && message.isAnswered(by: datagram.bytes)
  }

  private func difference(of datagram: Socket.Datagram) -> String {
    if let peer, let sender = datagram.sender?.host, sender != peer { return "from \(sender)" }
    return sent.last?.message.difference(of: datagram.bytes) ?? "to an echo that was never sent"
  }

  // MARK: Complaints

  /// Takes what the network says of our echoes. The system hands us what is said of any that had our identifier,
  /// a forger's or an earlier probe's.
  private func complained(at now: Int) -> Outcome? {
    while let complaint = socket?.receiveComplaint(isVersion6: isVersion6) {
      guard complaint.isEnd, peer == nil || complaint.target == peer,
        sent.contains(where: { $0.message.isQuoted(by: complaint.quoted) })
      else { continue }
      return .failure(course.failure(.unreachable, complaint.reason(host: request.host), at: now))
    }
    return nil
  }

  private func send(at now: Int) -> Outcome? {
    guard let socket else { return nil }
    let message = EchoMessage(
      isVersion6: isVersion6, sequence: UInt16(truncatingIfNeeded: sent.count + 1), payload: payload)
    sent.append((message, now))
    do throws(Socket.Problem) {
      _ = try socket.send(message.request[...])
      return nil
    } catch {
      if let outcome = complained(at: now) { return outcome }
    }
    // A complaint makes one call fail, and what this machine refuses it refuses again.
    do throws(Socket.Problem) {
      _ = try socket.send(message.request[...])
      return nil
    } catch {
      return lost(error, at: now)
    }
  }

  private func response(to sent: Int, hops: Int?, at now: Int) -> Response {
    // Of the echo that came back; those that were lost before it are no part of its way.
    course.marks.sent = max(sent, course.marks.connected)
    course.marks.answered = max(now, course.marks.sent + 1)
    var phases = course.phases(at: course.marks.answered, isComplete: true)
    phases.total = phases.resolve + phases.connect + phases.processing
    var response = Response(status: 0, phases: phases, address: course.address)
    response.hopLimit = hops
    return response
  }

  private func lost(_ problem: Socket.Problem, at now: Int) -> Outcome {
    if [EACCES, EPERM].contains(problem.code) {
      let reason = "this machine's routes or its firewall let no echo go to \(request.host)"
      return .failure(course.failure(.unable, reason, at: now))
    }
    if problem.isOurs { return .failure(course.failure(making: problem, at: now)) }
    return .failure(course.failure(CURLE_COULDNT_CONNECT, systemError: problem.code, at: now))
  }

  private func refused(_ problem: Socket.Problem, at now: Int) -> Failure {
    guard [EACCES, EPERM].contains(problem.code) else { return course.failure(making: problem, at: now) }
    return course.failure(
      .unable,
      "not permitted to send ICMP echoes: let this group have them with "
        + "`sysctl -w net.ipv4.ping_group_range=\"\(getegid()) \(getegid())\"`", at: now)
  }
}

extension Socket {
  /// The next one that is waiting; nil when there is none.
  fileprivate func receiveComplaint(isVersion6: Bool) -> EchoComplaint? {
    var complaint = ctransfer_complaint()
    while ctransfer_receive_complaint(descriptor, &complaint) != 0 {
      guard complaint.is_icmp != 0 else { continue }
      return EchoComplaint(
        isVersion6: isVersion6, type: complaint.type, code: complaint.code,
        sender: SocketAddress(complaint.sender)?.host ?? "",
        target: SocketAddress(complaint.target)?.host ?? "",
        quoted: withUnsafeBytes(of: complaint.quoted) { Array($0.prefix(complaint.count)) })
    }
    return nil
  }
}
