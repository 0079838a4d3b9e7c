using Weft.Agents.Storage;
using Weft.Language.Definitions;

namespace Weft.Agents.Tests.Models;

/// <summary>What differs from bench to bench.</summary>
internal sealed record BenchSettings
{
    public ManualTime? Time { get; init; }

    public IRecordStore? Store { get; init; }

    public WorkflowDefinition? Definition { get; init; }

    public IReadOnlyDictionary<string, string?> Values { get; init; } = new Dictionary<string, string?>();

    public static BenchSettings With(string name, string value) => new() { Values = new Dictionary<string, string?> { [name] = value } };
}
