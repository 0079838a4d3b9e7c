using System.Text.Json.Nodes;

namespace Weft.EndToEnd.Harness;

/// <summary>Files that lie beside the tests.</summary>
internal static class Texts
{
    /// <summary>Gets the folder of the examples that the product ships.</summary>
    public static string Examples => Path.Combine(AppContext.BaseDirectory, "workflows");

    public static string Example(string name) => Path.Combine(Examples, name);

    public static string FixturePath(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    public static string Fixture(string name) => File.ReadAllText(FixturePath(name));

    public static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
