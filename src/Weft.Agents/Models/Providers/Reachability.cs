namespace Weft.Agents.Models.Providers;

/// <summary>What is known about reaching a model: a connection, or why there is none.</summary>
internal readonly record struct Reachability(ProviderConnection? Connection, string? Problem);
