using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language.Schemas;

namespace Weft.Language.Tests.Schemas;

/// <summary>The official test suite of JSON Schema 2020-12, as its own repository or Debian's package lays it out.</summary>
internal static class JsonSchemaSuite
{
    /// <summary>Names the folder of the suite.</summary>
    public const string Variable = "WEFT_JSON_SCHEMA_SUITE";

    /// <summary>Where Debian's package libtest-json-schema-acceptance-perl puts it.</summary>
    public const string OfDebian = "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance";

    private const string RemoteHost = "http://localhost:1234/";
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 128 };

    private static string Root => SuiteTheoryAttribute.Folder(Variable, OfDebian);

    private static string Folder => Directory.Exists(Path.Combine(Root, "tests"))
        ? Path.Combine(Root, "tests", "draft2020-12") : Path.Combine(Root, "draft2020-12");

    /// <summary>The files, as paths within the suite with forward slashes.</summary>
    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(x => Path.GetRelativePath(Folder, x).Replace('\\', '/')).Order(StringComparer.Ordinal);

    /// <summary>Holds each case of a file against what the suite expects.</summary>
    /// <returns>The name of each case, as <c>file > group > case</c>, and whether the validator agrees.</returns>
    public static IEnumerable<(string Name, bool Agrees)> Run(string file)
    {
        foreach (var group in Read(Path.Combine(Folder, file))!.AsArray())
        {
            foreach (var test in group!["tests"]!.AsArray())
            {
                var fits = JsonSchemaValidator.Validate(group["schema"], test!["data"], Remote).Count == 0;
                yield return ($"{file} > {group["description"]} > {test["description"]}", fits == test["valid"]!.GetValue<bool>());
            }
        }
    }

    private static JsonObject? Remote(string uri)
    {
        var path = uri.StartsWith(RemoteHost, StringComparison.Ordinal) ? Path.Combine(Root, "remotes", uri[RemoteHost.Length..]) : null;
        return File.Exists(path) ? Read(path) as JsonObject : null;
    }

    private static JsonNode? Read(string path) => JsonNode.Parse(File.ReadAllText(path), documentOptions: Reading);
}
