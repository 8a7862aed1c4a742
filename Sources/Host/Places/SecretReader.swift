import Incidents
import Systems
import Values

/// Reads the secrets that a folder takes from files and commands: for a folder that is trusted, and only then.
///
/// What goes wrong is a problem, with the secret's place in system.yaml and never its value; that secret is
/// missing then, and the rest goes on.
package struct SecretReader: Sendable {
  /// What was read.
  package struct Found: Sendable {
    package var values: [String: Secret] = [:]
    package var problems: [Problem] = []
  }

  /// Absolute; what files and programs with a slash in their names are relative to.
  private let folder: String
  private let patience: Duration
  private let isCancelled: @Sendable () -> Bool

  /// - Parameters:
  ///   - patience: how long a command may take before it is ended.
  ///   - isCancelled: looked at while a command runs; true ends it.
  package init(
    folder: String, patience: Duration = .seconds(10), isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.folder = folder
    self.patience = patience
    self.isCancelled = isCancelled
  }

  /// Reads them one after the other.
  package func read(_ secrets: [SecretSource]) -> Found {
    var found = Found()
    for secret in secrets {
      do throws(SecretFailure) {
        switch secret.origin {
        case .environment: continue
        case .file(let path): found.values[secret.name] = try read(file: path)
        case .command(let words): found.values[secret.name] = try read(command: words)
        }
      } catch {
        found.problems.append(
          Problem(
            "the secret \(Inert.terminal(secret.name)) is missing: \(Inert.terminal(error.what))",
            remedy: error.remedy, file: "system.yaml", at: secret.position, weight: .warning))
      }
    }
    return found
  }

  /// The first line of one file, without the spaces around it; `path` is absolute.
  package static func secret(inFile path: String) throws(Refusal) -> Secret {
    do throws(SecretFailure) {
      return try SecretReader(folder: "/").read(file: path)
    } catch {
      throw Refusal("\(Inert.terminal(error.what)); \(error.remedy).")
    }
  }

  /// Changes whenever a file that holds one of the secrets is written, replaced or removed.
  package static func mark(_ secrets: [SecretSource], in folder: String) -> String {
    secrets.compactMap { secret in
      guard case .file(let path) = secret.origin else { return nil }
      return FolderReader.mark(file: path.hasPrefix("/") ? path : folder + "/" + path)
    }.joined(separator: "\n")
  }

  private func read(file: String) throws(SecretFailure) -> Secret {
    let path = absolute(file)
    guard let bytes = FolderReader.contents(of: path) else {
      throw SecretFailure("\(path) cannot be read", remedy: "check that it is a file, and its mode")
    }
    return try firstLine(bytes, of: path)
  }

  private func read(command: [String]) throws(SecretFailure) -> Secret {
    guard let program = command.first else {
      throw SecretFailure("its command has no words", remedy: "write `command: [program, argument]`")
    }
    let words = [program.contains("/") ? absolute(program) : program] + command.dropFirst()
    return try firstLine(try SecretCommand(words).run(for: patience, isCancelled: isCancelled), of: program)
  }

  private func firstLine(_ bytes: [UInt8], of source: String) throws(SecretFailure) -> Secret {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SecretFailure("\(source) gave something that is not UTF-8", remedy: "check what it holds")
    }
    let line = text.prefix { !$0.isNewline }
    let end = line.lastIndex { !$0.isWhitespace }.map { line.index(after: $0) } ?? line.startIndex
    let value = line[..<end].drop { $0.isWhitespace }
    guard !value.isEmpty else {
      throw SecretFailure("the first line of \(source) is empty", remedy: "put the secret there")
    }
    return Secret(String(value))
  }

  private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }
}
