using Weft.Language.Definitions;

namespace Weft.Agents.Storage;

/// <summary>Finds the definition that an execution is pinned to.</summary>
public interface IDefinitionSource
{
    /// <summary>The definition with this content hash; null when none is stored.</summary>
    Task<WorkflowDefinition?> GetAsync(string contentHash, CancellationToken cancellationToken);
}
