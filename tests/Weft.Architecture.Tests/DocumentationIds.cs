using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace Weft.Architecture.Tests;

/// <summary>The ids by which documentation and analyzers name symbols: <c>M:System.Threading.Tasks.Task.Delay(System.Int32)</c>.</summary>
internal static class DocumentationIds
{
    /// <summary>The ids of the public types of an assembly, and of their public members.</summary>
    public static IReadOnlyList<string> In(string path)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        return
        [
            .. assembly.MainModule.GetTypes().Where(t => t.IsPublic).SelectMany(t => t.Properties.Cast<IMemberDefinition>()
                .Concat(t.Methods.Where(m => m.IsPublic)).Append(t)).Select(DocCommentId.GetDocCommentId),
        ];
    }
}
