using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Memory;

/// <summary>The activities <c>ReadMemory</c> and <c>WriteMemory</c>: one body, since a host may send any operation to either.</summary>
/// <remarks>A change carries its call id and is applied once, however often it is delivered.</remarks>
internal sealed class MemoryActivity(MemoryOperations operations, IDefinitionSource definitions, ContextStore contexts)
    : IActivity<MemoryRequest, MemoryResult>
{
    /// <inheritdoc/>
    public async Task<MemoryResult> RunAsync(ActivityContext context, MemoryRequest input, CancellationToken cancellationToken)
    {
        var definition =
            input.Scope.ContentHash.Length == 0 ? null : await definitions.GetAsync(input.Scope.ContentHash, cancellationToken);
        var call = new MemoryCall(input.Operation, input.Memory, input.Key, $"{input.Scope.ExecutionId}/{input.CallId}")
        {
            Payload = await contexts.LoadAsync(input.Payload, cancellationToken),
            Settings = input.Settings,
            Definition = definition?.Memories.FirstOrDefault(m => m.Id == input.Memory) ?? Common(input.Memory, definition),
        };
        var output = await operations.RunAsync(call, cancellationToken);
        return new MemoryResult(await contexts.OffloadAsync(output, cancellationToken));
    }

    /// <summary>The graph dialect's one <c>memory</c> section is about the conversation and the knowledge base alike.</summary>
    private static MemoryDefinition? Common(string id, WorkflowDefinition? definition) =>
        id is "conversation_history" or "knowledge_base"
            ? definition?.Memories.FirstOrDefault(m => m.Settings is { } s && (s.ContainsKey("short_term") || s.ContainsKey("long_term")))
            : null;
}
