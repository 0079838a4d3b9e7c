namespace Weft.Api.Memory;

/// <summary>What became of documents.</summary>
internal sealed record DocumentsAnswer(string Collection, int Documents, int Pieces);
