namespace Weft.Language.Tests;

/// <summary>A theory over an official test suite that is no part of the project. Where there is none, it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SuiteTheoryAttribute : TheoryAttribute
{
    public SuiteTheoryAttribute(string variable, string elsewhere = "")
    {
        if (Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } && !Directory.Exists(elsewhere))
        {
            Skip = $"The official suite was left out: it is no part of the project. Let {variable} name its folder.";
        }
    }

    /// <summary>The folder of a suite. One that the variable names, but is not there, fails the test rather than leaving it out.</summary>
    public static string Folder(string variable, string elsewhere = "") =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? Path.GetFullPath(named) : elsewhere;
}
