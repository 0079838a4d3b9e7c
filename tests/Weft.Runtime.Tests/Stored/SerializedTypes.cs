using System.Reflection;
using System.Text.Json;
using Weft.Runtime.Records;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Tests.Stored;

/// <summary>Finds the types that the product turns into JSON or reads from it, in its compiled code: no list is kept by hand.</summary>
/// <remarks>A type that reaches the serializer through generic methods and classes is followed to whoever names it.</remarks>
internal sealed class SerializedTypes
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The engine serializes what passes through all these.</summary>
    private static readonly Type[] Steps = [typeof(IActivity<,>), typeof(IOrchestrator<,>)];

    private static readonly Type[] Ports = [typeof(IOrchestrationContext), typeof(IOrchestrationClient)];

    /// <summary>Type parameter → what it stands for somewhere.</summary>
    private readonly Dictionary<(Module, int, int), HashSet<Type>> _bound = [];

    private readonly HashSet<Type> _serialized = [];

    /// <summary>Gets the assemblies of the product that keep or send something.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = WithReferences(typeof(ExecutionSummary).Assembly);

    /// <summary>The types, each without type parameters.</summary>
    public static IReadOnlySet<Type> Find()
    {
        var finder = new SerializedTypes();
        foreach (var type in Assemblies.SelectMany(a => a.GetTypes()))
        {
            finder.Read(type);
        }

        return finder._serialized.SelectMany(t => finder.Closed(t, [])).ToHashSet();
    }

    private static List<Assembly> WithReferences(Assembly top)
    {
        var family = top.GetName().Name!.Split('.')[0] + ".";
        var all = new List<Assembly> { top };
        for (var i = 0; i < all.Count; i++)
        {
            var names = all[i].GetReferencedAssemblies().Where(n => n.Name!.StartsWith(family, StringComparison.Ordinal));
            all.AddRange(names.Select(Assembly.Load).Except(all).ToList());
        }

        return all;
    }

    private void Read(Type type)
    {
        foreach (var contract in type.GetInterfaces().Where(IsContract))
        {
            _serialized.UnionWith(contract.GetGenericArguments());
        }

        foreach (var member in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)).SelectMany(InstructionReader.MembersIn))
        {
            if (member.DeclaringType is { IsConstructedGenericType: true } owner)
            {
                Bind(owner.GetGenericTypeDefinition().GetGenericArguments(), owner.GetGenericArguments());
            }

            if (member is MethodInfo { IsGenericMethod: true } method)
            {
                Bind(method.GetGenericMethodDefinition().GetGenericArguments(), method.GetGenericArguments());
                if (method.DeclaringType == typeof(JsonSerializer) || Ports.Contains(method.DeclaringType))
                {
                    _serialized.UnionWith(method.GetGenericArguments());
                }
            }
        }
    }

    private static bool IsContract(Type type) =>
        type.IsGenericType && Steps.Contains(type.GetGenericTypeDefinition());

    private void Bind(Type[] parameters, Type[] arguments)
    {
        foreach (var (parameter, argument) in parameters.Zip(arguments))
        {
            if (!_bound.TryGetValue(KeyOf(parameter), out var known))
            {
                _bound[KeyOf(parameter)] = known = [];
            }

            known.Add(argument);
        }
    }

    private static (Module Module, int Token, int Position) KeyOf(Type parameter)
    {
        var owner = parameter.DeclaringMethod ?? (MemberInfo)parameter.DeclaringType!; // A type parameter has one of the two.
        return (parameter.Module, owner.MetadataToken, parameter.GenericParameterPosition);
    }

    /// <summary>A type with each type parameter replaced by all that it stands for.</summary>
    private IEnumerable<Type> Closed(Type type, IReadOnlyList<Type> within)
    {
        if (type.IsGenericParameter)
        {
            return within.Contains(type) || !_bound.TryGetValue(KeyOf(type), out var found)
                ? []
                : found.SelectMany(t => Closed(t, [.. within, type]));
        }

        if (type.HasElementType)
        {
            return Closed(type.GetElementType()!, within);
        }

        if (!type.ContainsGenericParameters)
        {
            return [type];
        }

        IEnumerable<Type[]> ways = [[]];
        foreach (var argument in type.GetGenericArguments())
        {
            var closed = Closed(argument, within).ToList();
            ways = ways.SelectMany(way => closed.Select(t => (Type[])[.. way, t])).ToList();
        }

        return ways.Select(way => type.GetGenericTypeDefinition().MakeGenericType(way));
    }
}
