import Incidents

extension ActionItem {
  /// What is to be done. A follow-up has the title of a playbook, which may read as the fault that it is about.
  package var task: String { isFollowUp ? "go through \"\(title)\"" : title }
}
