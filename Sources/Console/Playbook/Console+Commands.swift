import Playbooks
import Values

extension Console {
  /// How far a command of ours has come; its end is written down.
  mutating func take(_ news: CommandNews, at now: Instant) -> [Effect] {
    playbook.commands[news.id] = news
    return []
  }
}
