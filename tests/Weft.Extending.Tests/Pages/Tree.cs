using System.Runtime.CompilerServices;

namespace Weft.Extending.Tests.Pages;

/// <summary>The source tree that this project lies in.</summary>
internal static class Tree
{
    /// <summary>Gets the folder that holds <c>docs</c>, <c>src</c> and <c>tests</c>.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    public static string At(string path) => Path.Combine(Root, path);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!; // a source file lies in a folder
}
