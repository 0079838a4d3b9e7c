namespace Weft.Agents.Records;

/// <summary>Changes with each write of a row.</summary>
public readonly record struct ETag(string Value);
