using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>A task as it is written, and where.</summary>
/// <param name="Map">Its mapping.</param>
/// <param name="Id">Its id.</param>
/// <param name="Depth">Its level, from 1.</param>
/// <param name="InCollection">Whether a collection is above it, so that ids may be templates.</param>
internal sealed record TaskSource(SourceMap Map, string Id, int Depth, bool InCollection);
