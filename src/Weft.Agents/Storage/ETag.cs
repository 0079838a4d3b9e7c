namespace Weft.Agents.Storage;

/// <summary>Changes with each write of a row.</summary>
public readonly record struct ETag(string Value);
