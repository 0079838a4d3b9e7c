using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

/// <param name="Name">Its name.</param>
/// <param name="Parameters">The types of its arguments; the last is for all that follow when it takes any number.</param>
/// <param name="Least">The fewest arguments.</param>
/// <param name="Most">The most arguments.</param>
/// <param name="Body">Does it.</param>
internal sealed record JmesFunction(string Name, JmesTypes[] Parameters, int Least, int Most, Func<JmesCall, Value> Body)
{
    public string Arity =>
        Most == int.MaxValue ? $"at least {Plural(Least)}" : Least == Most ? Plural(Least) : $"{Least} to {Plural(Most)}";

    private static string Plural(int count) => count == 1 ? "1 argument" : $"{count} arguments";
}
