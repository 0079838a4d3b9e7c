namespace Weft.EndToEnd.Harness;

/// <summary>One server-sent event.</summary>
internal sealed record ServerEvent(string Id, string Type, string Data);
