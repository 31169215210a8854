"""
Given and family names as they are met in an English neighbourhood today, by the background they come from.

Among the British the given name goes with the time of birth: Doreen and Ron are in their eighties, Olivia and Noah
at school. Every name is common; no combination is meant for anybody.
"""

from dataclasses import dataclass

from demo.chance import Chance


@dataclass(frozen=True)
class Background:
    """Where names come from. `women` and `men` are in three ages for the British, and one for everybody else."""

    women: tuple[tuple[str, ...], ...]
    men: tuple[tuple[str, ...], ...]
    families: tuple[str, ...]
    languages: tuple[tuple[str, str], ...] = ()


def words(text: str) -> tuple[str, ...]:
    """The words of a text, so that a long list of names reads as one."""
    return tuple(text.split())


BRITISH = Background(
    women=(
        words(
            "Doreen Margaret Jean Sheila Joan Beryl Audrey Brenda Maureen Pamela Barbara Shirley Dorothy Joyce "
            "Patricia Sylvia Eileen Kathleen Marjorie Rita June Hazel Edna Vera Gwendoline Iris Norma Marion Mavis "
            "Betty Olive Thelma Winifred Hilda Connie Ivy Nora Phyllis Rosemary Daphne"
        ),
        words(
            "Susan Linda Christine Carol Janet Jacqueline Julie Karen Helen Deborah Alison Tracey Sharon Amanda "
            "Jane Angela Diane Lesley Wendy Gillian Elaine Heather Dawn Nicola Paula Teresa Lorraine Anne Sarah "
            "Claire Lisa Joanne Michelle Rachel Emma Catherine Kerry Louise Samantha Victoria"
        ),
        words(
            "Olivia Amelia Ella Grace Chloe Megan Lucy Sophie Jessica Charlotte Hannah Bethany Lauren Emily Holly "
            "Poppy Freya Isla Evie Daisy Rosie Molly Abigail Georgia Imogen Phoebe Eleanor Maisie Lily Ruby Willow"
        ),
    ),
    men=(
        words(
            "Ronald Kenneth Derek Dennis Raymond Gordon Norman Stanley Leslie Roy Frank Albert Harold Ernest Arthur "
            "Reginald Douglas Geoffrey Bernard Cyril Sidney Eric Donald Trevor Brian Alan Maurice Walter Leonard "
            "Victor Clifford Wilfred Horace Percy Gerald Roland Hubert Edwin Basil Clive"
        ),
        words(
            "David Michael Peter John Stephen Paul Andrew Mark Kevin Ian Graham Keith Philip Nigel Martin Colin "
            "Barry Neil Steven Gary Simon Jonathan Timothy Robert Richard Christopher Anthony Malcolm Stuart Adrian "
            "Darren Jason Lee Craig Matthew Carl Shaun Dean Wayne Russell"
        ),
        words(
            "Oliver Jack Harry George Noah Alfie Charlie Thomas Joshua James William Daniel Joseph Samuel Ethan "
            "Callum Jake Ryan Luke Connor Adam Archie Toby Freddie Leo Finley Theo Isaac Logan Max Arlo"
        ),
    ),
    families=words(
        "Smith Jones Taylor Brown Wilson Walker Wright Thompson White Green Hall Wood Harris Martin Cooper Clarke "
        "Ward Turner Hill Moore Clark Baker Allen Morris Watson Bennett Cook Shaw Bell Carter Parker Bailey Marshall "
        "Ellis Richardson Cox Webb Palmer Mills Rogers Stevens Hunt Barker Holmes Pearson Gibson Butler Barnes "
        "Lowe Fletcher Knight Dixon Chapman Mason Spencer Gardner Payne Hawkins Burton Ashworth Pickering Hartley "
        "Sutcliffe Ramsden Thwaite Bradshaw Heaton Crowther Dyson Garside Jagger Kershaw Lumb Midgley Ogden Priestley "
        "Rigby Sykes Tetlow Whitaker Yates Evans Davies Roberts Hughes Lewis Morgan Griffiths Lloyd Owen Powell "
        "Campbell Stewart Robertson Murray Fraser Duncan Sinclair MacLeod"
    ),
)

IRISH = Background(
    women=(words("Bridget Mary Nuala Siobhan Maeve Deirdre Una Noreen Aoife Ciara Sinead Roisin Orla Breda"),),
    men=(words("Patrick Sean Declan Eamon Liam Brendan Cormac Kieran Padraig Michael Finbar Donal Colm Niall"),),
    families=words("Murphy Kelly Byrne Ryan Doyle Gallagher Doherty Kennedy Lynch Quinn McCarthy Nolan Brennan"),
)

POLISH = Background(
    women=(words("Agnieszka Katarzyna Malgorzata Ewa Anna Joanna Monika Zofia Halina Danuta Irena Kasia Marta"),),
    men=(words("Piotr Krzysztof Andrzej Tomasz Pawel Marek Jan Stanislaw Zbigniew Jacek Michal Adam Jakub"),),
    families=words("Nowak Wisniewski Wojcik Kowalczyk Zielinski Mazur Krawczyk Dudek Pawlak Sikora Baran Kubiak"),
    languages=(("pl", "Polish"),),
)

EUROPEAN = Background(
    women=(words("Ioana Elena Maria Sofia Ana Giulia Francesca Ines Mihaela Irina Despina Carla Beatriz Daiva"),),
    men=(words("Andrei Ion Mihai Marco Luca Joao Paulo Nikos Costas Stefan Dimitri Antonio Mantas Radu"),),
    families=words("Popescu Ionescu Rossi Ferrari Silva Santos Pereira Costa Papadopoulos Georgiou Kazlauskas Dumitru"),
    languages=(("ro", "Romanian"), ("pt", "Portuguese"), ("it", "Italian"), ("el", "Greek")),
)

INDIAN = Background(
    women=(words("Kamla Sunita Meena Priya Anjali Usha Lakshmi Hansa Nirmala Kavita Rekha Jaswinder Gurpreet Asha"),),
    men=(words("Ramesh Suresh Vijay Anil Dilip Harjit Gurdev Rajesh Kishor Mahesh Arjun Sanjay Balbir Nitin"),),
    families=words("Patel Shah Singh Kaur Sharma Desai Mistry Nair Gupta Sandhu Gill Reddy Iyer Chauhan Rao"),
    languages=(("gu", "Gujarati"), ("pa", "Panjabi"), ("hi", "Hindi")),
)

PAKISTANI = Background(
    women=(words("Nasreen Shabana Fatima Ayesha Zainab Rukhsana Parveen Sadia Khadija Maryam Amina Shazia Tahira"),),
    men=(words("Mohammed Imran Tariq Asif Zahid Khalid Hamza Bilal Nadeem Yusuf Rashid Shahid Iqbal Faisal"),),
    families=words("Khan Hussain Ahmed Malik Iqbal Akhtar Mahmood Mirza Qureshi Shah Bashir Chaudhry Aslam"),
    languages=(("ur", "Urdu"), ("pa", "Panjabi")),
)

BANGLADESHI = Background(
    women=(words("Rahima Nazma Shirin Taslima Salma Farida Jahanara Momena Hasina Rina Sultana Nilufa"),),
    men=(words("Abdul Rafiq Shamsul Mizan Kamal Jamal Anwar Habib Nurul Shafiq Mahbub Tareq"),),
    families=words("Begum Rahman Uddin Miah Islam Chowdhury Ali Hoque Khatun Alam Sarkar Haque"),
    languages=(("bn", "Bengali"),),
)

CARIBBEAN = Background(
    women=(words("Joyce Gloria Yvonne Merle Sonia Marcia Beverley Hyacinth Cynthia Claudette Paulette Simone"),),
    men=(words("Winston Clive Desmond Leroy Errol Neville Carlton Lloyd Trevor Marlon Delroy Curtis"),),
    families=words("Campbell Clarke Francis Grant Henry Gordon Bailey Joseph Pierre Charles Wallace Reid Blake"),
)

AFRICAN = Background(
    women=(words("Grace Ngozi Adaeze Abena Akosua Folake Tendai Chipo Amina Hodan Fatou Blessing Comfort Ifeoma"),),
    men=(words("Emeka Chidi Kwame Kofi Femi Tunde Uche Tafadzwa Abdi Yusuf Samuel Ebenezer Babatunde Kwabena"),),
    families=words("Okafor Adeyemi Eze Mensah Owusu Boateng Okonkwo Moyo Ncube Hassan Abdullahi Asante Bello Diallo"),
    languages=(("so", "Somali"), ("fr", "French"), ("ar", "Arabic")),
)

CHINESE = Background(
    women=(words("Mei Li Xiu Yan Hui Fang Ling Wai-Ling Siu-Fong Jing Yuk Lan"),),
    men=(words("Wei Jun Ming Chi-Keung Kwok Hao Tak-Wah Feng Lei Yong Kin Bo"),),
    families=words("Chen Wong Li Zhang Chan Lam Liu Cheung Wu Ho Lau Yip"),
    languages=(("zh", "Chinese"),),
)

WEST_ASIAN = Background(
    women=(words("Leyla Shirin Nour Samira Elif Yasmin Zeynep Mariam Parisa Dilan Rana Hala"),),
    men=(words("Hamid Mehmet Reza Karim Omar Ali Emre Farhad Sami Baran Tariq Yousef"),),
    families=words("Demir Yilmaz Haddad Rahimi Karimi Aziz Mansour Saleh Kaya Barzani Hosseini Najjar"),
    languages=(("ar", "Arabic"), ("tr", "Turkish"), ("fa", "Persian"), ("ku", "Kurdish")),
)

FILIPINO = Background(
    women=(words("Maricel Rosario Luz Analyn Jocelyn Divina Grace Teresita"),),
    men=(words("Jose Ramon Eduardo Rodel Arnel Jun Rico Benedicto"),),
    families=words("Santos Reyes Cruz Bautista Garcia Mendoza Villanueva Aquino"),
    languages=(("tl", "Tagalog"),),
)

STAFF = (
    (BRITISH, 58),
    (IRISH, 4),
    (POLISH, 3),
    (EUROPEAN, 5),
    (INDIAN, 9),
    (PAKISTANI, 5),
    (BANGLADESHI, 1.5),
    (CARIBBEAN, 3),
    (AFRICAN, 7),
    (FILIPINO, 3),
    (CHINESE, 1),
    (WEST_ASIAN, 1.5),
)
"""Backgrounds of people who work in health and care, with their weights: about as in the NHS workforce."""


@dataclass(frozen=True)
class Ethnicity:
    """
    An ethnic category of the NHS Data Dictionary, the names that go with it, and how common it is among the young
    and the old of this place (guessed, so that it is a mixed English town: no real place is meant).
    """

    code: str
    display: str
    backgrounds: tuple[Background, ...]
    young: float
    old: float


ETHNICITIES = (
    Ethnicity("A", "British, Mixed British", (BRITISH,), 66, 83),
    Ethnicity("B", "Irish", (IRISH,), 0.8, 2.2),
    Ethnicity("C", "Any other White background", (POLISH, EUROPEAN), 7, 2.6),
    Ethnicity("D", "White and Black Caribbean", (BRITISH, CARIBBEAN), 1.6, 0.3),
    Ethnicity("E", "White and Black African", (BRITISH, AFRICAN), 0.7, 0.1),
    Ethnicity("F", "White and Asian", (BRITISH, INDIAN), 1.1, 0.2),
    Ethnicity("G", "Any other mixed background", (BRITISH, EUROPEAN), 0.8, 0.2),
    Ethnicity("H", "Indian", (INDIAN,), 4, 2.6),
    Ethnicity("J", "Pakistani", (PAKISTANI,), 4.6, 1.8),
    Ethnicity("K", "Bangladeshi", (BANGLADESHI,), 1.8, 0.6),
    Ethnicity("L", "Any other Asian background", (FILIPINO, INDIAN), 1.6, 0.6),
    Ethnicity("M", "Caribbean", (CARIBBEAN,), 1.3, 2.2),
    Ethnicity("N", "African", (AFRICAN,), 3.4, 0.7),
    Ethnicity("P", "Any other Black background", (AFRICAN, CARIBBEAN), 0.6, 0.2),
    Ethnicity("R", "Chinese", (CHINESE,), 0.9, 0.5),
    Ethnicity("S", "Any other ethnic group", (WEST_ASIAN,), 1.6, 0.4),
    Ethnicity("Z", "Not stated", (BRITISH,), 2.2, 1.8),
)


def given_name(background: Background, female: bool, age: int, chance: Chance) -> str:
    """A given name that somebody of this background, sex and age might have."""
    ages = background.women if female else background.men
    return chance.pick(ages[0 if age >= 68 else 1 if age >= 34 else 2] if len(ages) == 3 else ages[0])


def family_name(background: Background, chance: Chance) -> str:
    return chance.pick(background.families)
