using Weft.Language;

namespace Weft.Workflows.Durable;

/// <summary>No instance has that id.</summary>
public sealed class InstanceNotFoundException(string instanceId)
    : WeftException(
        "instance_not_found", Fault.NotFound, $"There is no instance '{instanceId}'. It may have been purged, or its id mistyped.");
