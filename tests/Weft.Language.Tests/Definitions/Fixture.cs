namespace Weft.Language.Tests.Definitions;

/// <summary>The workflow files that lie beside the tests.</summary>
internal static class Fixture
{
    public static string Read(string name) => File.ReadAllText(PathOf(name));

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Definitions", "Fixtures", name);
}
