using System.Text.Json.Serialization.Metadata;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Tests.Stored;

/// <summary>The product's own records and words in what is stored and sent, by the names of their samples.</summary>
internal static class StoredTypes
{
    /// <summary>Gets each type by its short name; a nested one by its outer type's as well.</summary>
    public static IReadOnlyDictionary<string, Type> All { get; } = Find().ToDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>The type as which a value is written: that whose kinds it is one of, so that the kind is written too.</summary>
    public static Type RootOf(Type type)
    {
        for (var root = type.BaseType; root is not null && root != typeof(object); root = root.BaseType)
        {
            if (InfoOf(root).PolymorphismOptions is { } options && options.DerivedTypes.Any(d => d.DerivedType == type))
            {
                return root;
            }
        }

        return type;
    }

    public static JsonTypeInfo InfoOf(Type type) => WeftJson.Options.GetTypeInfo(type);

    /// <summary>The word that says which of its root's kinds a type is, under the property's name; null: it has no kinds.</summary>
    public static (string Property, string Word)? KindOf(Type type) =>
        RootOf(type) is var root && root != type && InfoOf(root).PolymorphismOptions is { } options
            ? (options.TypeDiscriminatorPropertyName, (string)options.DerivedTypes.Single(d => d.DerivedType == type).TypeDiscriminator!)
            : null;

    /// <summary>The kinds of a type, or the type itself.</summary>
    public static IEnumerable<Type> KindsOf(Type type) =>
        InfoOf(type).PolymorphismOptions?.DerivedTypes.Select(d => d.DerivedType) ?? [type];

    private static HashSet<Type> Find()
    {
        var found = new HashSet<Type>();
        var seen = new HashSet<Type>();
        var contracts = typeof(RunWorkflowInput).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(RunWorkflowInput).Namespace && t is { IsAbstract: false, IsClass: true, IsNested: false });
        var open = new Stack<Type>(SerializedTypes.Find().Concat(contracts));
        while (open.TryPop(out var type))
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (!seen.Add(type))
            {
                continue;
            }

            if (type.IsGenericType)
            {
                Array.ForEach(type.GetGenericArguments(), open.Push);
            }

            if (!SerializedTypes.Assemblies.Contains(type.Assembly))
            {
                continue;
            }

            var info = InfoOf(type);
            if (info.Kind == JsonTypeInfoKind.Object || type.IsEnum)
            {
                info.Properties.Select(p => p.PropertyType).Concat(KindsOf(type)).ToList().ForEach(open.Push);
                if (!type.IsAbstract)
                {
                    found.Add(type);
                }
            }
        }

        return found;
    }

    private static string NameOf(Type type)
    {
        var own = type.Name.Split('`')[0];
        var name = type is { IsNested: true, DeclaringType: { } outer } ? $"{outer.Name.Split('`')[0]}.{own}" : own;
        return type.IsGenericType ? $"{name}({string.Join(',', type.GetGenericArguments().Select(NameOf))})" : name;
    }
}
