import Comms
import Desk
import Incidents
import Playbooks

/// Every fold that this program's acts and screens read.
package enum Folds {
  package static let all: [any Fold.Type] = [
    Incident.self, Aftermath.self, Alert.self, EndpointRecord.self, RemoteRecord.self, Silence.self,
    MaintenanceRecord.self,
    Trust.self, LoadedSystem.self, Run.self,
    Draft.self, DeliveryRecord.self, Paging.self, RoutineBook.self, EventMark.self,
    ActionItem.self, WrittenRetro.self,
    Ticket.self, SavedFilters.self,
    SeriesEvidence.self,
  ]
}
