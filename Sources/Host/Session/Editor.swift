import Foundation
import Glibc
import Incidents

/// Hands text to the responder's own editor and takes it back.
package enum Editor {
  package static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// Nil when nothing was changed. Blocks while the editor has the terminal.
  ///
  /// `$VISUAL`, then `$EDITOR`, then `vi`, run by `sh` as git does, with the file's path as an argument.
  package static func edit(_ text: String, environment: [String: String]) -> Result<String?, Refusal> {
    let editor =
      [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }.first { !$0.isEmpty } ?? "vi"
    let folder = environment["XDG_RUNTIME_DIR"] ?? environment["TMPDIR"] ?? "/tmp"
    var template = Array("\(folder)/midwatch-XXXXXX.md".utf8CString)
    let descriptor = mkstemps(&template, 3)
    guard descriptor >= 0 else {
      return .failure(Refusal("No file can be made in \(folder) for the editor."))
    }
    let path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { unlink(path) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do { try file.write(contentsOf: Data(text.utf8)) } catch {
      return .failure(Refusal("\(path) cannot be written for the editor."))
    }
    try? file.close()
    guard run(["/bin/sh", "-c", "\(editor) \"$1\"", "sh", path]) == 0 else {
      return .failure(Refusal("The editor \(editor) failed; the text is as it was. Set EDITOR to another."))
    }
    guard let bytes = FileManager.default.contents(atPath: path),
      let edited = String(data: bytes, encoding: .utf8)
    else { return .failure(Refusal("What the editor left cannot be read; the text is as it was.")) }
    return .success(edited == text ? nil : edited)
  }

  /// The exit status, or nil when it could not be started or was ended by a signal.
  private static func run(_ words: [String]) -> Int32? {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var child = pid_t()
    guard let program = words.first, posix_spawn(&child, program, nil, &attributes, &arguments, environ) == 0
    else {
      return nil
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 { if errno != EINTR { return nil } }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
  }
}
