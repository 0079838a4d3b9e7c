using Weft.Language.Definitions;

namespace Weft.Runtime.Registry;

/// <summary>A definition that was read, and its canonical JSON.</summary>
internal sealed class CachedDefinition(WorkflowDefinition definition, string json)
{
    private string? _packed;

    public WorkflowDefinition Definition => definition;

    /// <summary>Gets the form that histories carry; made once, for every start of the workflow asks for it.</summary>
    public string Packed => _packed ??= PackedDefinition.Pack(json);
}
