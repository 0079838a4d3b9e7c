using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>How an agent uses a memory.</summary>
/// <param name="Id">The memory's id.</param>
/// <param name="Key">The template of the key.</param>
/// <param name="ReadOnly">Whether it only reads.</param>
/// <param name="Settings">Further settings as written (privacy, limits).</param>
public sealed record MemoryReference(string Id, string? Key, bool ReadOnly, JsonObject? Settings = null);
