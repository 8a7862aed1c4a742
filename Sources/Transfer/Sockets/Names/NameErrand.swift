internal import CTransfer
internal import Glibc
internal import Values
internal import Wire

/// A question to name servers with its sockets.
final class NameErrand: Errand {
  /// A server's socket, over UDP or TCP.
  private struct Line {
    let server: Int
    let isStream: Bool
    let socket: Socket
    var outgoing: [UInt8]
  }

  private let request: NameRequest
  private var course: Course
  private var servers: [SocketAddress] = []
  private var names: [String] = []
  private var conversation: NameConversation?
  private var lines: [Line] = []

  init(_ request: NameRequest) {
    self.request = request
    let server = request.server
    course = Course(
      host: server?.host ?? "", authority: server?.text ?? "the name server", timeout: request.timeout)
  }

  var lookup: Lookup? {
    request.server.map { Lookup(host: $0.host, port: $0.port, family: request.family) }
  }

  var watched: [(descriptor: Int32, events: Int16)] {
    lines.map { line in
      (line.socket.descriptor, Int16(POLLIN) | Int16(line.outgoing.isEmpty ? 0 : POLLOUT))
    }
  }

  var alarm: Int? { conversation?.alarm }

  func begin(with addresses: [SocketAddress], at now: Int) -> Outcome? {
    course.marks.resolved = max(1, now)
    course.marks.connected = course.marks.resolved
    course.marks.sent = course.marks.resolved
    if let server = request.server {
      servers = addresses
      names = addresses.map { $0.text(port: server.port) }
    } else {
      for server in NameServers.system() {
        let lookup = Lookup(host: server.host, port: server.port, family: request.family)
        guard case .success(let found) = SocketAddress.find(lookup, isNumeric: true),
          let address = found.first
        else { continue }
        servers.append(address)
        names.append(server.text)
      }
    }
    guard !servers.isEmpty else {
      return .failure(
        course.failure(.unable, "\(NameServers.file) names no server that can be asked", at: now))
    }
    guard let question = NameQuestion(request, id: .random(in: 0 ... .max)) else {
      return .failure(
        course.failure(.invalidURL, "\(request.name) is no name that can be asked for", at: now))
    }
    var conversation = NameConversation(question, servers: names, timeout: request.timeout)
    let effects = conversation.begin()
    self.conversation = conversation
    return perform(effects, at: now)
  }

  func advance(at now: Int) -> Outcome? {
    if let effects = conversation?.wake(at: now), let outcome = perform(effects, at: now) { return outcome }
    for line in lines {
      if let outcome = advance(line, at: now) { return outcome }
    }
    return nil
  }

  func expire(at now: Int) -> Outcome { .failure(course.failure(CURLE_OPERATION_TIMEDOUT, at: now)) }

  private func advance(_ line: Line, at now: Int) -> Outcome? {
    do throws(Socket.Problem) {
      if !line.outgoing.isEmpty { try flush(line) }
      while let bytes = try line.socket.receive(limit: 65_536 + 2) {
        guard !bytes.isEmpty || !line.isStream else { throw Socket.Problem(code: 0) }
        course.address = names[line.server]
        let effects = conversation?.receive(bytes, from: line.server, isStream: line.isStream, at: now) ?? []
        if let outcome = perform(effects, at: now) { return outcome }
      }
      return nil
    } catch {
      lines.removeAll { $0.socket === line.socket }
      let effects = conversation?.fail(
        line.server, isStream: line.isStream, systemError: error.code, at: now)
      return perform(effects ?? [], at: now)
    }
  }

  /// Sends what can be sent; a connection that does not stand yet takes nothing.
  private func flush(_ line: Line) throws(Socket.Problem) {
    var watched = pollfd(fd: line.socket.descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&watched, 1, 0) > 0 else { return }
    if line.isStream { try line.socket.finishConnecting() }
    let sent = try line.socket.send(line.outgoing[...])
    guard let place = lines.firstIndex(where: { $0.socket === line.socket }) else { return }
    lines[place].outgoing.removeFirst(min(sent, lines[place].outgoing.count))
  }

  private func perform(_ effects: [NameConversation.Effect], at now: Int) -> Outcome? {
    for effect in effects {
      switch effect {
      case .ask(let server, let isStream, let bytes):
        if let outcome = ask(server, isStream: isStream, bytes, at: now) { return outcome }
      case .finish(let answer): return .success(response(answer, at: now))
      case .fail(let kind, let reason): return .failure(course.failure(kind, reason, at: now))
      case .lost(let code): return .failure(lost(code, at: now))
      }
    }
    return nil
  }

  private func ask(_ server: Int, isStream: Bool, _ bytes: [UInt8], at now: Int) -> Outcome? {
    guard servers.indices.contains(server) else { return nil }
    course.address = names[server]
    do throws(Socket.Problem) {
      // The same socket again, so that a late answer to the first question counts.
      if let place = lines.firstIndex(where: { $0.server == server && $0.isStream == isStream }) {
        lines[place].outgoing = bytes
        try flush(lines[place])
        return nil
      }
      let address = servers[server]
      let socket = try Socket(family: address.family, type: isStream ? Socket.stream : Socket.datagram)
      _ = try socket.connect(to: address)
      let line = Line(server: server, isStream: isStream, socket: socket, outgoing: bytes)
      lines.append(line)
      if !isStream { try flush(line) }
      return nil
    } catch {
      if error.isOurs { return .failure(course.failure(making: error, at: now)) }
      lines.removeAll { $0.server == server && $0.isStream == isStream }
      let effects = conversation?.fail(server, isStream: isStream, systemError: error.code, at: now)
      return perform(effects ?? [], at: now)
    }
  }

  private func lost(_ code: Int32, at now: Int) -> Failure {
    let server = course.address.isEmpty ? course.authority : course.address
    guard code != 0 else {
      return course.failure(.reset, "\(server) closed the connection without an answer", at: now)
    }
    return course.failure(CURLE_COULDNT_CONNECT, systemError: code, at: now) {
      $0.host = server
      $0.authority = server
    }
  }

  private func response(_ answer: NameAnswer, at now: Int) -> Response {
    course.marks.answered = max(now, course.marks.sent + 1)
    var response = Response(
      status: 0, body: Array(answer.answers.joined(separator: "\n").utf8),
      phases: course.phases(at: course.marks.answered, isComplete: true), address: course.address)
    response.names = answer
    return response
  }
}
