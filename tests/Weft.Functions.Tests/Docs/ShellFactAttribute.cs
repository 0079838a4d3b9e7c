namespace Weft.Functions.Tests.Docs;

/// <summary>A fact that runs commands of a page.</summary>
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute() => Skip = Shell.Missing;
}
