namespace Weft.Language.Loading;

/// <summary>The files of a project, as whoever may touch the disk offers them.</summary>
/// <param name="Read">Reads a file by its path relative to the project file, with <c>/</c>; null: there is none.</param>
/// <param name="List">Lists all files of the project's folder and below, relative and with <c>/</c>; asked for only when the project
/// autoloads.</param>
public sealed record ProjectFiles(Func<string, string?> Read, Func<IEnumerable<string>> List)
{
    /// <summary>No files.</summary>
    public static ProjectFiles None { get; } = new(_ => null, () => []);
}
