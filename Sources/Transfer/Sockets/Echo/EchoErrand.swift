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
    do throws(Socket.Problem) {
      while let (bytes, hops) = try socket.receiveWithHops(limit: 2048) {
        guard let match = sent.last(where: { $0.message.isAnswered(by: bytes) }) else { continue }
        return .success(response(to: match.at, hops: hops, at: now))
      }
    } catch {
      return lost(error, at: now)
    }
    guard let alarm, alarm <= now else { return nil }
    return send(at: now)
  }

  func expire(at now: Int) -> Outcome { .failure(course.failure(CURLE_OPERATION_TIMEDOUT, at: now)) }

  private func send(at now: Int) -> Outcome? {
    guard let socket else { return nil }
    let message = EchoMessage(
      isVersion6: isVersion6, sequence: UInt16(truncatingIfNeeded: sent.count + 1), payload: payload)
    sent.append((message, now))
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
