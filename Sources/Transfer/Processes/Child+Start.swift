internal import CTransfer
internal import Glibc
internal import Values
internal import Wire

extension Child {
  /// Starts a program: nothing to read but what the request holds for it, no descriptor but its outputs, every signal
  /// as a program expects it.
  ///
  /// A failure's reason is a whole phrase that names the program and none of its arguments.
  static func start(_ request: ProcessRequest) throws(Failure) -> Child {
    guard let program = request.words.first, !program.isEmpty else {
      throw Failure(.unable, reason: "the command has no words")
    }
    let name = Inert.terminal(program)
    guard let arguments = CTexts(request.words.map { Array($0.utf8) }),
      let environment = CTexts(ChildEnvironment(request).entries),
      request.directory?.utf8.contains(0) != true
    else {
      throw Failure(.unable, reason: "\(name) cannot be started: a zero byte is among its words or variables")
    }
    let output = try Pipe(for: name)
    let errors = try Pipe(for: name)
    var child = pid_t()
    let code: Int32
    if let input = request.input {
      let reading = try InputFile(input, for: name)
      code = spawn(
        &child, program, request.directory, arguments, environment, reading.descriptor, output, errors)
    } else {
      code = spawn(&child, program, request.directory, arguments, environment, -1, output, errors)
    }
    guard code == 0 else {
      throw Failure(.unable, reason: refusal(of: program, in: request.directory, code: code))
    }
    return Child(number: child, output: output.takeReadingEnd(), errors: errors.takeReadingEnd())
  }

  private static func spawn(
    _ child: inout pid_t, _ program: String, _ directory: String?, _ arguments: borrowing CTexts,
    _ environment: borrowing CTexts, _ input: Int32, _ output: borrowing Pipe, _ errors: borrowing Pipe
  ) -> Int32 {
    arguments.pointers.withUnsafeBufferPointer { arguments in
      environment.pointers.withUnsafeBufferPointer { environment in
        ctransfer_spawn(
          &child, program, directory, arguments.baseAddress, environment.baseAddress, input,
          output.writing, errors.writing)
      }
    }
  }

  /// Why it was not started, and what to do.
  static func refusal(of program: String, in directory: String?, code: Int32) -> String {
    let name = Inert.terminal(program)
    if let directory, access(directory, X_OK) != 0 {
      return "\(name) cannot be started in \(Inert.terminal(directory)): \(text(of: errno))"
    }
    let path = program.hasPrefix("/") ? program : "\(directory ?? ".")/\(program)"
    let isPath = program.contains("/")
    switch code {
    case ENOENT where isPath && access(path, F_OK) == 0:
      return "\(name) cannot be started: the interpreter that its first line names is not there"
    case ENOENT: return isPath ? "there is no program \(name)" : "there is no program \(name) in PATH"
    case EACCES: return "\(name) is not executable: check its mode"
    case ENOEXEC: return "\(name) is no program: it neither is one nor begins with #!"
    case EAGAIN, ENOMEM: return "\(name) cannot be started: the system has no room for another process"
    default: return "\(name) cannot be started: \(text(of: code))"
    }
  }

  private static func text(of code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}

/// What a child is to read, whole before it starts: no writing end that could block or break.
private struct InputFile: ~Copyable {
  let descriptor: Int32

  init(_ bytes: [UInt8], for program: String) throws(Failure) {
    descriptor = bytes.withUnsafeBytes { ctransfer_memory($0.baseAddress, $0.count) }
    guard descriptor >= 0 else {
      throw Failure(.unable, reason: "\(program) cannot be started: there is no room for what it is to read")
    }
  }

  deinit { close(descriptor) }
}

/// A pipe of which no child inherits an end but the one that is given to it, and whose reading end never blocks.
private struct Pipe: ~Copyable {
  private var reading: Int32
  let writing: Int32

  init(for program: String) throws(Failure) {
    var ends: [Int32] = [-1, -1]
    guard ctransfer_pipe(&ends) == 0, let reading = ends.first, let writing = ends.last else {
      throw Failure(
        .unable, reason: "\(program) cannot be started: there is no descriptor left for its output")
    }
    self.reading = reading
    self.writing = writing
  }

  consuming func takeReadingEnd() -> Int32 {
    let end = reading
    reading = -1
    return end
  }

  deinit {
    if reading >= 0 { close(reading) }
    close(writing)
  }
}
