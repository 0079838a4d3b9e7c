namespace Weft.Api.Memory;

/// <summary>What became of documents.</summary>
public sealed record DocumentsAnswer(string Collection, int Documents, int Pieces);
