import Glibc
import Testing

/// A process as a console leaves one behind: in a session of its own, its parent gone.
enum LeftProcess {
  /// - Parameter id: stands in its environment as `MIDWATCH_COMMAND`.
  static func leave(_ words: [String], id: String) throws {
    let all: [String] = ["setsid", "--fork"] + words
    var arguments: [UnsafeMutablePointer<CChar>?] = all.map { strdup($0) }
    arguments.append(nil)
    var environment: [UnsafeMutablePointer<CChar>?] = [
      strdup("MIDWATCH_COMMAND=\(id)"), strdup("PATH=/usr/bin:/bin"), nil,
    ]
    defer { for text in arguments + environment { free(text) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in 0...2 {
      posix_spawn_file_actions_addopen(&actions, Int32(descriptor), "/dev/null", O_RDWR, 0)
    }
    var child = pid_t()
    try #require(posix_spawnp(&child, "setsid", &actions, nil, &arguments, &environment) == 0)
    waitpid(child, nil, 0)
  }
}
