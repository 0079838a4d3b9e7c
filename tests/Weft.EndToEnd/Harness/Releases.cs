using System.Runtime.CompilerServices;

namespace Weft.EndToEnd.Harness;

/// <summary>What released builds have written, kept by the release that wrote it (Stored/README.md).</summary>
internal static class Releases
{
    /// <summary>The variable that names the release whose files are to be written.</summary>
    public const string Writing = "WEFT_WRITE_HISTORIES";

    /// <summary>Gets the folders of the releases, where the tests run.</summary>
    public static IReadOnlyList<string> Folders =>
        [.. Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "Stored")).Order(StringComparer.Ordinal)];

    /// <summary>Makes the folder of a new release in the source tree. What a release wrote is never written again.</summary>
    public static string New(string release, [CallerFilePath] string here = "")
    {
        var harness = Path.GetDirectoryName(here)!; // A source file lies in a folder.
        var folder = Path.GetFullPath(Path.Combine(harness, "..", "Stored", release));
        Assert.False(Directory.Exists(folder), $"{folder} is there, and what a release wrote is kept as it is. Name another release.");
        return Directory.CreateDirectory(folder).FullName;
    }
}
